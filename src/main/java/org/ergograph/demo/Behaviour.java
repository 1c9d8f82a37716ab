package org.ergograph.demo;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.random.RandomGenerator;

/**
 * How a sample tool behaves: its latencies are distributed lognormally. Immutable.
 *
 * @param name without the prefix that marks it
 * @param median half of the calls take longer, more than 0
 * @param p99 one of a hundred calls takes longer, more than the median
 * @param failureRate the share of calls that fail, 0 to 1
 */
public record Behaviour(String name, Duration median, Duration p99, double failureRate) {
    /** The 99th percentile of the standard normal distribution. */
    private static final double Z99 = 2.3263478740408408;
    /** No call takes longer than so many times the 99th percentile. */
    private static final double LONGEST = 5;

    private static final Duration MAX = Duration.ofMinutes(1);

    public Behaviour {
        if (!name.matches("[a-z][a-z0-9_]{0,39}")
                || median.toMillis() < 1
                || p99.compareTo(median) <= 0
                || p99.compareTo(MAX) > 0
                || !(failureRate >= 0 && failureRate <= 1)) {
            throw new IllegalArgumentException(name + ":" + median + ":" + p99 + ":" + failureRate);
        }
    }

    /**
     * {@code search:PT0.04S:PT0.4S:0.01}, say.
     *
     * @throws IllegalArgumentException if it is not of this form, or a value is out of range
     */
    public static Behaviour parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException(text);
        }
        try {
            return new Behaviour(
                    parts[0], Duration.parse(parts[1]), Duration.parse(parts[2]), Double.parseDouble(parts[3]));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** How long the next call takes. */
    Duration latency(RandomGenerator random) {
        double sigma = Math.log((double) p99.toNanos() / median.toNanos()) / Z99;
        double nanos = median.toNanos() * Math.exp(sigma * random.nextGaussian());
        return Duration.ofNanos(Math.round(Math.min(nanos, LONGEST * p99.toNanos())));
    }

    /** Whether the next call fails. */
    boolean fails(RandomGenerator random) {
        return random.nextDouble() < failureRate;
    }
}
