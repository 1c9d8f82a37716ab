package org.ergograph.notify;

import java.util.List;
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

    boolean isEmpty() {
        return begun.isEmpty() && changed.isEmpty() && dropped.isEmpty() && events.isEmpty() && entries.isEmpty();
    }
}
