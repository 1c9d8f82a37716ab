package org.ergograph.registry;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * What this node found of each server last, and the periods that are not in the database yet. Bounded: beyond
 * {@value #MAX_WAITING} the oldest are given up. Thread-safe.
 */
final class StateJournal {
    static final int MAX_WAITING = 10_000;

    private record Key(String serverId, java.time.Instant since) {}

    private final Map<String, StatePeriod> current = new HashMap<>();
    private final Map<Key, StatePeriod> waiting = new LinkedHashMap<>();

    /** Takes what a check found; a period that begins anew ends the one before. */
    synchronized void found(StatePeriod period) {
        StatePeriod before = current.put(period.serverId(), period);
        if (before != null && !before.since().equals(period.since())) {
            wait(new StatePeriod(
                    before.serverId(), before.node(), before.since(), period.since(), before.state(), before.reason()));
        }
        wait(period);
    }

    private void wait(StatePeriod period) {
        waiting.put(new Key(period.serverId(), period.since()), period);
        if (waiting.size() > MAX_WAITING) {
            waiting.remove(waiting.keySet().iterator().next());
        }
    }

    synchronized Optional<StatePeriod> current(String serverId) {
        return Optional.ofNullable(current.get(serverId));
    }

    /** The server is no more. */
    synchronized void forget(String serverId) {
        current.remove(serverId);
    }

    /**
     * Hands over what waits, oldest first, and whether it is what the server is in now.
     *
     * @param writer what it throws ends the writing; the rest goes on waiting
     */
    void flush(BiConsumer<StatePeriod, Boolean> writer) {
        Optional<StatePeriod> next = first();
        while (next.isPresent()) {
            StatePeriod period = next.get();
            writer.accept(period, current(period.serverId()).equals(next));
            done(period);
            next = first();
        }
    }

    private synchronized Optional<StatePeriod> first() {
        return waiting.values().stream().findFirst();
    }

    private synchronized void done(StatePeriod period) {
        waiting.remove(new Key(period.serverId(), period.since()), period);
    }
}
