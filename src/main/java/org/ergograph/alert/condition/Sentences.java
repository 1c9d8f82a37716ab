package org.ergograph.alert.condition;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Says for people what a condition came to. */
final class Sentences {
    private static final MathContext SIX_DIGITS = new MathContext(6);
    private static final String CLEAR = "the condition is not met";
    private static final String BETWEEN = "the condition is not met, nor is the one for being clear again";

    private Sentences() {}

    /** A number with six digits at most. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return String.valueOf(value);
        }
        BigDecimal rounded = BigDecimal.valueOf(value).round(SIX_DIGITS).stripTrailingZeros();
        return Math.abs(rounded.scale() - rounded.precision()) > 20 ? rounded.toString() : rounded.toPlainString();
    }

    /** What decided, as a verdict. */
    static Verdict verdict(Verdict.Outcome outcome, Inquiry inquiry) {
        Truth.Leaf leaf = inquiry.leaf();
        String reason = switch (outcome) {
            case MET -> leaf == null ? "the condition is always met" : met(leaf, inquiry);
            case BETWEEN -> BETWEEN;
            case CLEAR -> CLEAR;
            case NO_DATA -> inquiry.why();
            case ERROR -> failure(inquiry.failure());
        };
        if (leaf instanceof Truth.Compared compared) {
            return new Verdict(
                    outcome,
                    compared.metric(),
                    optional(inquiry.value()),
                    optional(inquiry.other()),
                    compared.left().samples(inquiry),
                    reason);
        }
        if (leaf instanceof Truth.Absent absent) {
            return new Verdict(
                    outcome,
                    absent.source().text("count"),
                    optional(inquiry.value()),
                    OptionalDouble.empty(),
                    inquiry.figures(absent.source()).count(),
                    reason);
        }
        return new Verdict(
                outcome,
                "",
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                inquiry.own().count(),
                reason);
    }

    private static String met(Truth.Leaf leaf, Inquiry inquiry) {
        if (leaf instanceof Truth.Compared compared) {
            double value = inquiry.value();
            double other = inquiry.other();
            String not = compared.relation().holds(value, other) ? "" : "not ";
            return compared.metric() + " is " + number(value) + ", " + not
                    + compared.relation().words() + " " + number(other);
        }
        return inquiry.value() == 0 ? "there are no samples" : "there are samples: " + number(inquiry.value());
    }

    private static String failure(@Nullable String reason) {
        return reason == null ? "it could not be evaluated" : reason;
    }

    private static OptionalDouble optional(double value) {
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
