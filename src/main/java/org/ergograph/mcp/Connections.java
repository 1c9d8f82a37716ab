package org.ergograph.mcp;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleConsumer;
import org.ergograph.observation.Meters;
import org.ergograph.observation.Metrics;

/** Counts the open streams, and how long they were. Thread-safe. */
final class Connections {
    static final String TRANSPORT = "streamable-http";

    private final AtomicLong open = new AtomicLong();
    private volatile DoubleConsumer durations = seconds -> {};

    void publish(Meters meters) {
        meters.gauge(Metrics.MCP_CONNECTIONS, open::get, TRANSPORT);
        durations = meters.histogram(Metrics.MCP_CONNECTION_DURATION, TRANSPORT);
    }

    long open() {
        return open.get();
    }

    void opened() {
        open.incrementAndGet();
    }

    void closed(long openNanos) {
        open.decrementAndGet();
        durations.accept(openNanos / 1e9);
    }
}
