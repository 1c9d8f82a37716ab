package org.ergograph.notify.prometheus;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An expression of PromQL, as far as rules need it; its text is PromQL again. Immutable, and equal if its parts are. */
sealed interface PromQl {
    /** A number. */
    record Num(double value) implements PromQl {
        @Override
        public String toString() {
            if (Double.isNaN(value)) {
                return "NaN";
            }
            if (Double.isInfinite(value)) {
                return value > 0 ? "+Inf" : "-Inf";
            }
            BigDecimal plain = BigDecimal.valueOf(value).stripTrailingZeros();
            return Math.abs(plain.scale()) > 15 ? plain.toString() : plain.toPlainString();
        }
    }

    /** A condition on a label. */
    record Match(String label, String operator, String value) {
        @Override
        public String toString() {
            return label + operator + quoted(value);
        }
    }

    /**
     * Series by name and labels.
     *
     * @param range how far back it reaches; null for the last value
     * @param offset how long ago it ends
     */
    record Selector(
            String metric, List<Match> matches, @Nullable Duration range, Duration offset) implements PromQl {
        public Selector {
            matches = List.copyOf(matches);
        }

        @Override
        public String toString() {
            return metric
                    + (matches.isEmpty()
                            ? ""
                            : matches.stream().map(Match::toString).collect(Collectors.joining(",", "{", "}")))
                    + (range == null ? "" : "[" + shown(range) + "]")
                    + (offset.isZero() ? "" : " offset " + shown(offset));
        }
    }

    /** A function's value. */
    record Call(String function, List<PromQl> arguments) implements PromQl {
        public Call {
            arguments = List.copyOf(arguments);
        }

        static Call of(String function, PromQl... arguments) {
            return new Call(function, List.of(arguments));
        }

        @Override
        public String toString() {
            return arguments.stream().map(PromQl::toString).collect(Collectors.joining(", ", function + "(", ")"));
        }
    }

    /** Several series put together, by the labels that stay. */
    record Aggregate(String operator, List<String> by, PromQl of) implements PromQl {
        public Aggregate {
            by = List.copyOf(by);
        }

        @Override
        public String toString() {
            return operator + (by.isEmpty() ? "" : " by (" + String.join(", ", by) + ") ") + "(" + of + ")";
        }
    }

    /** Two expressions and what is between them. */
    record Binary(String operator, PromQl left, PromQl right) implements PromQl {
        @Override
        public String toString() {
            int mine = strength(operator);
            return in(left, mine, false) + " " + operator + " " + in(right, mine, true);
        }

        private static String in(PromQl side, int strength, boolean right) {
            boolean loose = side instanceof Binary binary
                    && (strength(binary.operator()) < strength || (right && strength(binary.operator()) == strength));
            return loose ? "(" + side + ")" : side.toString();
        }
    }

    /** How strongly the operator binds; all of them bind to the left. */
    static int strength(String operator) {
        return switch (operator) {
            case "or" -> 1;
            case "and", "unless" -> 2;
            case "==", "!=", "<", "<=", ">", ">=" -> 3;
            case "+", "-" -> 4;
            case "*", "/", "%" -> 5;
            default -> throw new IllegalArgumentException("no operator: " + operator);
        };
    }

    /** Whether the operator compares. */
    static boolean compares(String operator) {
        return strength(operator) == 3;
    }

    /** A duration as Prometheus writes it, {@code 1h30m} say. */
    static String shown(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        long millis = duration.toMillis();
        long[] units = {86_400_000, 3_600_000, 60_000, 1000, 1};
        String[] words = {"d", "h", "m", "s", "ms"};
        for (int i = 0; i < units.length; i++) {
            if (millis >= units[i]) {
                text.append(millis / units[i]).append(words[i]);
                millis %= units[i];
            }
        }
        return text.toString();
    }

    /** Text in quotes, as PromQL and YAML both read it. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '\r' -> quoted.append("\\r");
                default -> {
                    if (c < ' ' || c == 0x7f || c == 0x85 || c == 0x2028 || c == 0x2029 || c == 0xfeff) {
                        quoted.append(String.format("\\u%04x", (int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
