package org.ergograph.notify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.ergograph.alert.Alert;
import org.ergograph.notify.AlertEvent.Kind;
import org.ergograph.notify.delivery.Entry;
import org.jspecify.annotations.Nullable;

/** What becomes of alerts at one moment, in order, and what is to be told of it. Not thread-safe. */
final class Story {
    private final Supplier<String> ids;
    private final String node;
    private final Instant now;
    private final List<AlertEvent> events = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();

    /** @param ids makes ids that are ordered by time */
    Story(Supplier<String> ids, String node, Instant now) {
        this.ids = ids;
        this.node = node;
        this.now = now;
    }

    String newId() {
        return ids.get();
    }

    void tell(Alert alert, Kind kind, @Nullable String channel, @Nullable String actor, String reason) {
        events.add(new AlertEvent(
                ids.get(), alert.id(), now, node, kind, alert.state().word(), channel, actor, reason));
    }

    void add(Entry entry) {
        entries.add(entry);
    }

    /** @param dropped the ids of alerts of which nothing is kept */
    List<AlertEvent> events(Set<String> dropped) {
        return events.stream()
                .filter(event -> !dropped.contains(event.alertId()))
                .toList();
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }
}
