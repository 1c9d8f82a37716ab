package org.ergograph.health;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ergograph.gateway.Gateway;
import org.ergograph.registry.ServerState;

/**
 * Says how the upstream servers do, as the gateway found them last. Never unhealthy: one that is dead takes no node out, and
 * the others go on.
 */
@Singleton
class UpstreamProbe implements HealthProbe {
    private static final int MAX_NAMED = 20;
    private static final int MAX_SHOWN = 100;

    private final Gateway gateway;

    @Inject
    UpstreamProbe(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public String name() {
        return "upstreams";
    }

    @Override
    public Finding check() {
        return judge(gateway.states());
    }

    static Finding judge(Map<String, ServerState> states) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        for (ServerState state : ServerState.values()) {
            metadata.put(
                    state.label(),
                    states.values().stream().filter(each -> each == state).count());
        }
        new TreeMap<>(states)
                .entrySet().stream()
                        .limit(MAX_SHOWN)
                        .forEach(entry -> metadata.put(
                                "server." + entry.getKey(), entry.getValue().label()));
        List<String> down = new TreeMap<>(states)
                .entrySet().stream()
                        .filter(entry -> entry.getValue() == ServerState.UNHEALTHY)
                        .map(Map.Entry::getKey)
                        .toList();
        if (down.isEmpty()) {
            String message =
                    states.isEmpty() ? "no upstream server is registered" : "no upstream server is known not to answer";
            return new Finding(HealthState.HEALTHY, message, metadata, null);
        }
        String named = String.join(", ", down.subList(0, Math.min(MAX_NAMED, down.size())));
        return new Finding(
                HealthState.DEGRADED,
                "%d of %d upstream servers do not answer: %s%s"
                        .formatted(down.size(), states.size(), named, down.size() > MAX_NAMED ? ", ..." : ""),
                metadata,
                "upstream");
    }
}
