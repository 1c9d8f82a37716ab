package org.ergograph.history;

import org.ergograph.observation.Kind;
import org.ergograph.observation.Observation;
import org.ergograph.observation.Series;
import org.ergograph.observation.SeriesRegistry;
import org.jspecify.annotations.Nullable;

/** Makes observations for tests; each begins a second after the one before. */
final class Observations {
    static final long FIRST_NANOS = 1_790_000_000_123_456_789L;
    private final SeriesRegistry registry = new SeriesRegistry(1000);
    private long next = FIRST_NANOS;

    Builder method(String name) {
        return new Builder(registry.resolve(Kind.METHOD, name));
    }

    Builder http(String method, String endpoint, int status) {
        return new Builder(registry.resolve(Kind.HTTP, method, endpoint)).status(status);
    }

    Builder of(Kind kind, String... values) {
        return new Builder(registry.resolve(kind, values));
    }

    final class Builder {
        private final Series series;
        private long durationNanos = 1_000_000;
        private int status;
        private @Nullable String errorType;
        private @Nullable String principal;
        private long high = 1;
        private long low = 2;
        private long requestBytes = -1;
        private boolean internal;

        private Builder(Series series) {
            this.series = series;
        }

        Builder durationNanos(long nanos) {
            durationNanos = nanos;
            return this;
        }

        Builder status(int code) {
            status = code;
            return this;
        }

        Builder error(@Nullable String type) {
            errorType = type;
            return this;
        }

        Builder principal(@Nullable String name) {
            principal = name;
            return this;
        }

        Builder trace(long traceHigh, long traceLow) {
            high = traceHigh;
            low = traceLow;
            return this;
        }

        Builder requestBytes(long bytes) {
            requestBytes = bytes;
            return this;
        }

        Builder internal() {
            internal = true;
            return this;
        }

        Observation build() {
            long start = next;
            next += 1_000_000_000L;
            return new Observation(
                    series,
                    start,
                    durationNanos,
                    status,
                    errorType,
                    high,
                    low,
                    principal,
                    requestBytes,
                    512,
                    -1,
                    internal,
                    false);
        }
    }
}
