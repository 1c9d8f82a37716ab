package org.ergograph.advice;

import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalDouble;

/** Numbers and moments as they are shown. */
final class Numbers {
    /** As many as count. */
    private static final MathContext DIGITS = new MathContext(6);

    private Numbers() {}

    static BigDecimal rounded(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }

    /** The number, or null if there is none. */
    static void put(JsonObjectBuilder json, String name, OptionalDouble value) {
        if (value.isPresent() && Double.isFinite(value.getAsDouble())) {
            json.add(name, rounded(value.getAsDouble()));
        } else {
            json.addNull(name);
        }
    }

    /** The moment in UTC, to the millisecond. */
    static String shown(Instant moment) {
        return moment.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** In a sentence: {@code 93.1%}, {@code 0.25 s}. */
    static String shown(double value, Watched metric) {
        String number = new BigDecimal(value).round(new MathContext(3)).toPlainString();
        return switch (metric.unit()) {
            case "%" -> number + "%";
            case "ratio" ->
                new BigDecimal(value * 100).round(new MathContext(3)).toPlainString() + "%";
            case "1/s" -> number + "/s";
            case "By/s" -> number + " B/s";
            default -> number + " " + metric.unit();
        };
    }
}
