package org.ergograph.gateway;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;
import org.ergograph.observation.Meters;
import org.ergograph.observation.Metrics;
import org.ergograph.registry.ServerState;
import org.jspecify.annotations.Nullable;

/** Publishes the gateway's metrics that are not observations. Thread-safe. */
@Singleton
class GatewayMeters {
    private record Reason(String server, String reason) {}

    private final @Nullable Meters meters;
    private final Map<Reason, LongAdder> refusals = new ConcurrentHashMap<>();

    @Inject
    GatewayMeters(Instance<Meters> meters) {
        this(meters.isResolvable() ? meters.get() : null);
        if (this.meters != null) {
            this.meters.announce(Metrics.GATEWAY_ADDED);
        }
    }

    /** @param meters null where none are published */
    GatewayMeters(@Nullable Meters meters) {
        this.meters = meters;
    }

    /** Publishes the state of a server; null says that there is none of that name any more. */
    void publish(String server, Supplier<@Nullable ServerState> state) {
        if (meters != null) {
            for (ServerState each : ServerState.values()) {
                meters.gauge(
                        Metrics.UPSTREAM_STATE,
                        () -> {
                            ServerState now = state.get();
                            return now == null ? Double.NaN : now == each ? 1 : 0;
                        },
                        server,
                        each.label());
            }
        }
    }

    /** Takes seconds that this server added to a call. */
    DoubleConsumer added(String server) {
        return meters == null ? seconds -> {} : meters.histogram(Metrics.GATEWAY_ADDED, server);
    }

    /** Counts a call that was not made, or a request of an upstream server that was not granted. */
    void refused(String server, String reason) {
        refusals.computeIfAbsent(new Reason(server, bounded(reason)), this::published)
                .increment();
    }

    private LongAdder published(Reason reason) {
        LongAdder count = new LongAdder();
        if (meters != null) {
            meters.counter(Metrics.UPSTREAM_REFUSALS, count::sum, reason.server(), reason.reason());
        }
        return count;
    }

    /** What a server asks for is its own choice of words, and must not become a label. */
    private static String bounded(String reason) {
        return switch (reason) {
            case "bulkhead", "circuit_open", "input_required" -> reason;
            case "sampling/createMessage" -> "sampling";
            case "elicitation/create" -> "elicitation";
            case "roots/list" -> "roots";
            default -> "other";
        };
    }
}
