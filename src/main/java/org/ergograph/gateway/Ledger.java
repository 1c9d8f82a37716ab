package org.ergograph.gateway;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ergograph.observation.TimeSource;

/** The figures of all calls to upstream servers, by server and tool. Thread-safe. */
@Singleton
class Ledger {
    /** Whose figures they are. */
    record Key(String server, String tool) {}

    /** Figures, and whose they are. */
    record Entry(Key key, CallStats stats) {}

    private final Map<Key, CallStats> stats = new ConcurrentHashMap<>();
    private final GatewaySettings settings;
    private final TimeSource time;

    @Inject
    Ledger(GatewaySettings settings, TimeSource time) {
        this.settings = settings;
        this.time = time;
    }

    /** Always the same for the same server and tool. */
    CallStats of(String server, String tool) {
        return stats.computeIfAbsent(new Key(server, tool), key -> new CallStats(settings, time));
    }

    /** Those that were called, by server and tool. */
    List<Entry> entries() {
        return stats.entrySet().stream()
                .filter(entry -> entry.getValue().calls() > 0)
                .map(entry -> new Entry(entry.getKey(), entry.getValue()))
                .sorted(Comparator.<Entry, String>comparing(entry -> entry.key().server())
                        .thenComparing(entry -> entry.key().tool()))
                .toList();
    }

    /** Forgets servers that are no more. */
    void retain(Set<String> servers) {
        stats.keySet().removeIf(key -> !servers.contains(key.server()));
    }

    void seal() {
        stats.values().forEach(CallStats::seal);
    }
}
