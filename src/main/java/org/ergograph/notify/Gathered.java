package org.ergograph.notify;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ergograph.alert.Alert;

/** What became of alerts over several moments, to be written at once. Bounded as to events: the oldest go. Not thread-safe. */
final class Gathered {
    private static final int MOST_EVENTS = 20_000;

    private final Map<String, Alert> begun = new LinkedHashMap<>();
    private final Map<String, Alert> changed = new LinkedHashMap<>();
    private final Set<String> dropped = new LinkedHashSet<>();
    private final Deque<AlertEvent> events = new ArrayDeque<>();

    void add(Changes changes) {
        changes.begun().forEach(alert -> begun.put(alert.id(), alert));
        changes.changed().forEach(alert -> (begun.containsKey(alert.id()) ? begun : changed).put(alert.id(), alert));
        for (String id : changes.dropped()) {
            changed.remove(id);
            if (begun.remove(id) == null) {
                dropped.add(id);
            }
            events.removeIf(event -> event.alertId().equals(id));
        }
        events.addAll(changes.events());
        while (events.size() > MOST_EVENTS) {
            events.removeFirst();
        }
    }

    /** All of it but the messages, which went to the journal. */
    Changes changes() {
        return new Changes(
                List.copyOf(begun.values()),
                List.copyOf(changed.values()),
                List.copyOf(dropped),
                new ArrayList<>(events),
                List.of());
    }
}
