package org.ergograph.notify;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ergograph.alert.Alert;
import org.ergograph.alert.AlertState.Resolved;

/**
 * What became over several moments of the alerts that began meanwhile, to be written at once. Bounded, whatever time it takes: the
 * oldest of those that are over go, and the oldest events. Not thread-safe.
 */
final class Gathered {
    private static final int MOST_EVENTS = 20_000;
    private static final int MOST_OVER = 2_000;

    private final Map<String, Alert> begun = new LinkedHashMap<>();
    private final Deque<AlertEvent> events = new ArrayDeque<>();
    private int over;

    /** Takes an alert that this node makes its own. */
    void begin(Alert alert) {
        begun.put(alert.id(), alert);
    }

    void add(Changes changes) {
        changes.begun().forEach(this::put);
        changes.changed().stream()
                .filter(alert -> begun.containsKey(alert.id()))
                .forEach(this::put);
        events.addAll(changes.events());
        Set<String> gone = new HashSet<>(changes.dropped());
        gone.forEach(begun::remove);
        forgetOver(gone);
        if (!gone.isEmpty()) {
            events.removeIf(event -> gone.contains(event.alertId()));
        }
        while (events.size() > MOST_EVENTS) {
            events.removeFirst();
        }
    }

    private void put(Alert alert) {
        Alert before = begun.put(alert.id(), alert);
        if (alert.state() instanceof Resolved && !(before != null && before.state() instanceof Resolved)) {
            over++;
        }
    }

    private void forgetOver(Set<String> gone) {
        Iterator<Alert> oldest = begun.values().iterator();
        while (over > MOST_OVER && oldest.hasNext()) {
            Alert alert = oldest.next();
            if (alert.state() instanceof Resolved) {
                oldest.remove();
                gone.add(alert.id());
                over--;
            }
        }
    }

    /** All of it but the messages, which went to the journal. */
    Changes changes() {
        return new Changes(List.copyOf(begun.values()), List.of(), List.of(), new ArrayList<>(events), List.of());
    }
}
