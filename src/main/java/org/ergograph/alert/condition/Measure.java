package org.ergograph.alert.condition;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A figure of what was observed or sampled. Durations are in seconds, shares 0 to 1, samples in their own unit. */
enum Measure {
    /** How many there are; known even if there are none, as are the three that follow. */
    COUNT(true, false),
    ERRORS(false, false),
    /** Observations a second. */
    RATE(false, false),
    ERRORS_PER_SECOND(false, false),
    ERROR_RATE(false, true),
    MEAN(true, true),
    MIN(true, true),
    MAX(true, true),
    P50(true, true),
    P90(true, true),
    P95(true, true),
    P99(true, true);

    private final String word = name().toLowerCase(Locale.ROOT);
    private final boolean ofSamples;
    private final boolean needsSamples;

    Measure(boolean ofSamples, boolean needsSamples) {
        this.ofSamples = ofSamples;
        this.needsSamples = needsSamples;
    }

    /** How a condition writes it. */
    String word() {
        return word;
    }

    /** Whether samples have it too, and not observations alone. */
    boolean ofSamples() {
        return ofSamples;
    }

    /** Whether it is not known unless there are as many samples as the rule wants. */
    boolean needsSamples() {
        return needsSamples;
    }

    /** Which quantile it is, 0 to 1. */
    double quantile() {
        return switch (this) {
            case P50 -> 0.5;
            case P90 -> 0.9;
            case P95 -> 0.95;
            case P99 -> 0.99;
            default -> throw new IllegalStateException(word + " is no quantile");
        };
    }

    /** The measure that a condition writes so, if there is one. */
    static Optional<Measure> parse(String word) {
        return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
    }

    /** How a condition writes them all. */
    static String words(boolean ofSamples) {
        return Stream.of(values())
                .filter(each -> !ofSamples || each.ofSamples)
                .map(Measure::word)
                .collect(Collectors.joining(", "));
    }
}
