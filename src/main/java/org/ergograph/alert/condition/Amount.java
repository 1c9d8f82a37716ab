package org.ergograph.alert.condition;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.ergograph.analysis.RobustScore;
import org.jspecify.annotations.Nullable;

/** A part of a condition that is a number; not a number stands for one that is not known. Immutable. */
sealed interface Amount {
    /** The number for this subject. */
    double of(Inquiry inquiry);

    /** Why it is not known; null if it is. */
    @Nullable
    String why(Inquiry inquiry);

    /** How a condition writes it. */
    String text();

    /** Whether it is the same whatever was measured. */
    default boolean fixed() {
        return false;
    }

    /** How many observations or samples it rests on. */
    default long samples(Inquiry inquiry) {
        return inquiry.own().count();
    }

    private static double finite(double value) {
        return Double.isInfinite(value) ? Double.NaN : value;
    }

    /** A number as it stands there. */
    record Constant(double value) implements Amount {
        @Override
        public double of(Inquiry inquiry) {
            return value;
        }

        @Override
        public @Nullable String why(Inquiry inquiry) {
            return null;
        }

        @Override
        public String text() {
            return Sentences.number(value);
        }

        @Override
        public boolean fixed() {
            return true;
        }
    }

    /** A measure of what was observed or sampled. */
    record Figure(Source source, Measure measure, String text) implements Amount {
        @Override
        public double of(Inquiry inquiry) {
            return inquiry.figures(source).value(measure, inquiry.minSamples());
        }

        @Override
        public @Nullable String why(Inquiry inquiry) {
            return Double.isNaN(of(inquiry))
                    ? text + " is not known: " + inquiry.figures(source).why(inquiry.minSamples())
                    : null;
        }

        @Override
        public long samples(Inquiry inquiry) {
            return inquiry.figures(source).count();
        }
    }

    /** How far a measure is from what it was in the windows before, in robust standard deviations. */
    record Deviation(Figure figure, String text) implements Amount {
        /** How many windows before the present one it is compared with. */
        static final int WINDOWS = 24;
        /** In how many of them it has to be known. */
        static final int FEWEST = 12;

        @Override
        public double of(Inquiry inquiry) {
            double now = figure.of(inquiry);
            if (Double.isNaN(now)) {
                return now;
            }
            double[] before = before(inquiry);
            return before.length < FEWEST ? Double.NaN : RobustScore.of(now, before);
        }

        private double[] before(Inquiry inquiry) {
            double[] known = new double[WINDOWS];
            int n = 0;
            for (int k = 1; k <= WINDOWS; k++) {
                Source earlier = figure.source().earlier(inquiry.window().multipliedBy(k));
                double value = inquiry.figures(earlier).value(figure.measure(), inquiry.minSamples());
                if (!Double.isNaN(value)) {
                    known[n++] = value;
                }
            }
            return Arrays.copyOf(known, n);
        }

        @Override
        public @Nullable String why(Inquiry inquiry) {
            String missing = figure.why(inquiry);
            if (missing != null) {
                return missing;
            }
            int n = before(inquiry).length;
            return n < FEWEST
                    ? "%s is not known: %s is known in %d of the %d windows before, and has to be in %d"
                            .formatted(text, figure.text(), n, WINDOWS, FEWEST)
                    : null;
        }

        @Override
        public long samples(Inquiry inquiry) {
            return figure.samples(inquiry);
        }
    }

    /** A threshold that people can set while the application runs. */
    record Threshold(String name) implements Amount {
        @Override
        public double of(Inquiry inquiry) {
            OptionalDouble set = inquiry.threshold(name);
            if (set.isEmpty()) {
                inquiry.fail("there is no threshold " + name);
            }
            return set.orElse(Double.NaN);
        }

        @Override
        public @Nullable String why(Inquiry inquiry) {
            return inquiry.threshold(name).isEmpty() ? "there is no threshold " + name : null;
        }

        @Override
        public String text() {
            return "threshold(\"" + name + "\")";
        }

        @Override
        public boolean fixed() {
            return true;
        }
    }

    /** The number with the other sign. */
    record Negative(Amount of) implements Amount {
        @Override
        public double of(Inquiry inquiry) {
            return -of.of(inquiry);
        }

        @Override
        public @Nullable String why(Inquiry inquiry) {
            return of.why(inquiry);
        }

        @Override
        public String text() {
            return "-" + of.text();
        }

        @Override
        public boolean fixed() {
            return of.fixed();
        }

        @Override
        public long samples(Inquiry inquiry) {
            return of.samples(inquiry);
        }
    }

    /** Two numbers reckoned together; without a value where there is no finite one: after a division by zero, say. */
    record Reckoned(char operator, Amount left, Amount right) implements Amount {
        @Override
        public double of(Inquiry inquiry) {
            double a = left.of(inquiry);
            double b = right.of(inquiry);
            return finite(
                    switch (operator) {
                        case '+' -> a + b;
                        case '-' -> a - b;
                        case '*' -> a * b;
                        case '/' -> a / b;
                        default -> throw new IllegalStateException("no operator: " + operator);
                    });
        }

        @Override
        public @Nullable String why(Inquiry inquiry) {
            String missing = left.why(inquiry);
            if (missing == null) {
                missing = right.why(inquiry);
            }
            if (missing == null && Double.isNaN(of(inquiry))) {
                return text() + " has no finite value";
            }
            return missing;
        }

        @Override
        public String text() {
            return "(" + left.text() + " " + operator + " " + right.text() + ")";
        }

        @Override
        public boolean fixed() {
            return left.fixed() && right.fixed();
        }

        @Override
        public long samples(Inquiry inquiry) {
            return left.fixed() ? right.samples(inquiry) : left.samples(inquiry);
        }
    }

    /** One number or another, as a condition says. */
    record Chosen(Truth condition, Amount then, Amount otherwise) implements Amount {
        @Override
        public double of(Inquiry inquiry) {
            return switch (condition.of(inquiry)) {
                case YES -> then.of(inquiry);
                case NO -> otherwise.of(inquiry);
                case UNKNOWN -> Double.NaN;
            };
        }

        @Override
        public @Nullable String why(Inquiry inquiry) {
            return switch (condition.of(inquiry)) {
                case YES -> then.why(inquiry);
                case NO -> otherwise.why(inquiry);
                case UNKNOWN -> inquiry.why();
            };
        }

        @Override
        public String text() {
            return "(? " + then.text() + " : " + otherwise.text() + ")";
        }
    }
}
