package org.ergograph.notify.delivery;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.ergograph.observation.Meters;
import org.ergograph.observation.Metrics;

/** Counts what became of messages. Thread-safe. */
@Singleton
class DeliveryCounts {
    private record Key(String channel, String result) {}

    private final Consumer<Consumer<Meters>> publisher;
    private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();

    @Inject
    DeliveryCounts(Instance<Meters> meters) {
        this(publish -> {
            if (meters.isResolvable()) {
                publish.accept(meters.get());
            }
        });
        of(Channels.LOG, "sent"); // there from the start, so that its absence means something
    }

    private DeliveryCounts(Consumer<Consumer<Meters>> publisher) {
        this.publisher = publisher;
    }

    /** Counts that are not published. */
    static DeliveryCounts unpublished() {
        return new DeliveryCounts(publish -> {});
    }

    /**
     * @param result of a message {@code sent}, {@code failed}, {@code dead} or {@code held}; of what never got into one
     *     {@code dead} or {@code dropped}
     */
    void count(String channel, String result) {
        count(channel, result, 1);
    }

    /** @param many how often it counts */
    void count(String channel, String result, int many) {
        of(channel, result).add(many);
    }

    private LongAdder of(String channel, String result) {
        return counts.computeIfAbsent(new Key(channel, result), key -> {
            LongAdder adder = new LongAdder();
            publisher.accept(meters -> meters.counter(Metrics.NOTIFICATIONS, adder::sum, key.channel(), key.result()));
            return adder;
        });
    }

    /** How often it was counted. */
    long counted(String channel, String result) {
        LongAdder adder = counts.get(new Key(channel, result));
        return adder == null ? 0 : adder.sum();
    }

    /** @param size of what is neither sent nor given up, as far as this node knows */
    void backlog(DoubleSupplier size) {
        publisher.accept(meters -> meters.gauge(Metrics.NOTIFICATION_BACKLOG, size));
    }
}
