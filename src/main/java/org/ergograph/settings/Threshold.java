package org.ergograph.settings;

import java.util.Locale;
import java.util.Optional;

/** A limit that can be changed while the application runs: its default, its unit, what is allowed, and what it means. */
public enum Threshold {
    P95_RESPONSE_TIME(1.0, Unit.SECONDS, "95th percentile of the time to answer an HTTP request."),
    P99_RESPONSE_TIME(2.0, Unit.SECONDS, "99th percentile of the time to answer an HTTP request."),
    ERROR_RATE(0.05, Unit.RATIO, "Share of calls that fail."),
    ERROR_RATE_CRITICAL(0.10, Unit.RATIO, "Share of calls that fail, from which on it is critical."),
    CPU_USAGE(80, Unit.PERCENT, "Processor use of the host or container."),
    MEMORY_USAGE(85, Unit.PERCENT, "Memory use of the host or container."),
    DISK_USAGE(90, Unit.PERCENT, "Use of the volume of the data directory."),
    REQUESTS_PER_SECOND(1000, Unit.PER_SECOND, "HTTP requests answered a second."),
    DATABASE_QUERY(0.1, Unit.SECONDS, "Time of a database operation, the ping of the health check among them."),
    DATABASE_QUERY_CRITICAL(0.5, Unit.SECONDS, "Time of a database operation, from which on it is critical."),
    POOL_UTILIZATION(0.80, Unit.RATIO, "Share of a pool's connections that are in use."),
    POOL_UTILIZATION_CRITICAL(
            0.95, Unit.RATIO, "Share of a pool's connections that are in use, from which on it is critical."),
    CACHE_PING(0.05, Unit.SECONDS, "Time of a ping of the cache's server."),
    CACHE_PING_CRITICAL(0.2, Unit.SECONDS, "Time of a ping of the cache's server, from which on it is critical."),
    CACHE_HIT_RATE(0.7, Unit.RATIO, "Share of lookups that the cache answers; less is too little."),
    CACHE_HIT_RATE_CRITICAL(0.5, Unit.RATIO, "Share of lookups that the cache answers; less than this is critical."),
    TOKEN_VALIDATION(0.2, Unit.SECONDS, "Time to validate a token.");

    private static final String CRITICAL = "_critical";

    /** What a threshold is measured in, with the least and the most that it may be, both inclusive. */
    private enum Unit {
        SECONDS("s", 0.001, 3600),
        RATIO("ratio", 0, 1),
        PERCENT("%", 1, 100),
        PER_SECOND("1/s", 0.001, 1e9);

        private final String label;
        private final double min;
        private final double max;

        Unit(String label, double min, double max) {
            this.label = label;
            this.min = min;
            this.max = max;
        }
    }

    private final String label = name().toLowerCase(Locale.ROOT);
    private final double defaultValue;
    private final Unit unit;
    private final String meaning;

    Threshold(double defaultValue, Unit unit, String meaning) {
        this.defaultValue = defaultValue;
        this.unit = unit;
        this.meaning = meaning;
    }

    /** The threshold of this name, {@code p95_response_time} say, if there is one. */
    public static Optional<Threshold> named(String name) {
        for (Threshold threshold : values()) {
            if (threshold.label.equals(name)) {
                return Optional.of(threshold);
            }
        }
        return Optional.empty();
    }

    /** The name in lower case, as it appears in answers and conditions. */
    public String label() {
        return label;
    }

    /** The value that holds until somebody changes it. */
    public double defaultValue() {
        return defaultValue;
    }

    /** The unit of its value: {@code s}, {@code ratio} (0 to 1), {@code %} or {@code 1/s}. */
    public String unit() {
        return unit.label;
    }

    /** The least that it may be, inclusive. */
    public double min() {
        return unit.min;
    }

    /** The most that it may be, inclusive. */
    public double max() {
        return unit.max;
    }

    /** One sentence. */
    public String meaning() {
        return meaning;
    }

    /** Whether less than the threshold is what is wrong, and not more. */
    public boolean isFloor() {
        return this == CACHE_HIT_RATE || this == CACHE_HIT_RATE_CRITICAL;
    }

    /** Whether the value is on the wrong side of the limit; the limit itself is still right. */
    public boolean isBreached(double value, double limit) {
        return isFloor() ? value < limit : value > limit;
    }

    /** The other of a pair of a warning and a critical threshold, if it is one of a pair. */
    Optional<Threshold> partner() {
        return named(isCritical() ? label.substring(0, label.length() - CRITICAL.length()) : label + CRITICAL);
    }

    boolean isCritical() {
        return label.endsWith(CRITICAL);
    }
}
