package org.ergograph.notify;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.ergograph.alert.Alert;
import org.ergograph.notify.delivery.Entry;

/**
 * What was decided at one moment, to be written at once. Immutable.
 *
 * @param begun alerts that are new
 * @param changed alerts as they are now
 * @param dropped the ids of alerts that went before they fired: nothing is kept of them
 * @param entries what is to be told
 */
record Changes(
        List<Alert> begun, List<Alert> changed, List<String> dropped, List<AlertEvent> events, List<Entry> entries) {
    Changes {
        begun = List.copyOf(begun);
        changed = List.copyOf(changed);
        dropped = List.copyOf(dropped);
        events = List.copyOf(events);
        entries = List.copyOf(entries);
    }

    /** The same, each alert by itself; those that are over first, since what begins may take the place of one. */
    List<Changes> each() {
        Set<String> ids = new LinkedHashSet<>(dropped);
        changed.forEach(alert -> ids.add(alert.id()));
        begun.forEach(alert -> ids.add(alert.id()));
        events.forEach(event -> ids.add(event.alertId()));
        entries.forEach(entry -> ids.add(entry.alertId()));
        return ids.stream().map(this::of).toList();
    }

    private Changes of(String id) {
        return new Changes(
                begun.stream().filter(alert -> alert.id().equals(id)).toList(),
                changed.stream().filter(alert -> alert.id().equals(id)).toList(),
                dropped.stream().filter(id::equals).toList(),
                events.stream().filter(event -> event.alertId().equals(id)).toList(),
                entries.stream().filter(entry -> entry.alertId().equals(id)).toList());
    }

    boolean isEmpty() {
        return begun.isEmpty() && changed.isEmpty() && dropped.isEmpty() && events.isEmpty() && entries.isEmpty();
    }
}
