package org.ergograph.notify.prometheus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ergograph.notify.prometheus.PromQlTokens.Kind;
import org.ergograph.notify.prometheus.PromQlTokens.Token;
import org.jspecify.annotations.Nullable;

/**
 * Reads the part of PromQL that rules may have here: numbers, selectors with ranges and offsets, functions, aggregations with
 * {@code by}, arithmetic, comparisons, {@code and}, {@code or}, {@code unless}. What else there is in PromQL is refused by name.
 * Bounded in length and depth. Not thread-safe.
 */
final class PromQlParser {
    /** The longest expression, in characters. */
    static final int MAX_LENGTH = 8_000;

    private static final int MAX_DEPTH = 50;
    private static final Set<String> AGGREGATIONS = Set.of("sum", "avg", "min", "max", "count");
    private static final Set<String> WORDS = Set.of("and", "or", "unless");
    private static final Set<String> REFUSED =
            Set.of("on", "ignoring", "group_left", "group_right", "bool", "without", "atan2", "^", "@");
    private static final Pattern PART = Pattern.compile("(\\d+)(ms|[ywdhms])");

    private final List<Token> tokens;
    private int position;
    private int depth;

    private PromQlParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** @throws UntranslatableException if it is no PromQL, or more of it than is read here; says where */
    static PromQl parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new UntranslatableException(
                    "the expression has " + text.length() + " characters: at most " + MAX_LENGTH + " are read");
        }
        PromQlParser parser = new PromQlParser(PromQlTokens.of(text));
        PromQl whole = parser.binary(1);
        if (parser.peek().kind() != Kind.END) {
            throw parser.unexpected(parser.peek());
        }
        return whole;
    }

    private Token peek() {
        return tokens.get(position);
    }

    private Token take() {
        Token token = peek();
        if (token.kind() != Kind.END) {
            position++;
        }
        return token;
    }

    private boolean accept(String word) {
        boolean is = peek().is(word);
        if (is) {
            position++;
        }
        return is;
    }

    private void expect(String word) {
        Token token = take();
        if (!token.is(word)) {
            throw unexpected(token);
        }
    }

    private UntranslatableException unexpected(Token token) {
        return new UntranslatableException(
                REFUSED.contains(token.text())
                        ? "'" + token.text() + "' at position " + token.at() + " is PromQL that does not translate"
                        : "'" + token.text() + "' at position " + token.at() + " is not expected there");
    }

    private void deeper() {
        if (++depth > MAX_DEPTH) {
            throw new UntranslatableException("the expression is nested deeper than " + MAX_DEPTH + " levels");
        }
    }

    private PromQl binary(int strength) {
        deeper();
        PromQl left = strength > 5 ? operand() : binary(strength + 1);
        while (strength <= 5 && isOperator(peek(), strength)) {
            String operator = take().text();
            left = new PromQl.Binary(operator, left, binary(strength + 1));
        }
        depth--;
        return left;
    }

    private static boolean isOperator(Token token, int strength) {
        boolean operator = token.kind() == Kind.SIGN
                ? Set.of("==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%")
                        .contains(token.text())
                : token.kind() == Kind.NAME && WORDS.contains(token.text());
        return operator && PromQl.strength(token.text()) == strength;
    }

    private PromQl operand() {
        Token token = take();
        switch (token.kind()) {
            case NUMBER -> {
                return new PromQl.Num(Double.parseDouble(token.text()));
            }
            case NAME -> {
                return named(token);
            }
            case SIGN -> {
                if (token.is("(")) {
                    PromQl inner = binary(1);
                    expect(")");
                    return inner;
                }
                if (token.is("-") && peek().kind() == Kind.NUMBER) {
                    return new PromQl.Num(-Double.parseDouble(take().text()));
                }
                if (token.is("{")) {
                    throw new UntranslatableException(
                            "the selector at position " + token.at() + " names no metric: that does not translate");
                }
                throw unexpected(token);
            }
            default -> throw unexpected(token);
        }
    }

    private PromQl named(Token name) {
        if (WORDS.contains(name.text()) || REFUSED.contains(name.text())) {
            throw unexpected(name);
        }
        if (AGGREGATIONS.contains(name.text()) && (peek().is("(") || peek().is("by") || peek().is("without"))) {
            return aggregate(name.text());
        }
        return accept("(") ? call(name.text()) : selector(name.text());
    }

    private PromQl aggregate(String operator) {
        List<String> by = accept("by") ? labels() : null;
        expect("(");
        PromQl of = binary(1);
        expect(")");
        if (by == null) {
            by = accept("by") ? labels() : List.of();
        }
        return new PromQl.Aggregate(operator, by, of);
    }

    private List<String> labels() {
        expect("(");
        List<String> labels = new ArrayList<>();
        while (!accept(")")) {
            if (!labels.isEmpty()) {
                expect(",");
            }
            Token label = take();
            if (label.kind() != Kind.NAME) {
                throw unexpected(label);
            }
            labels.add(label.text());
        }
        return labels;
    }

    private PromQl call(String function) {
        List<PromQl> arguments = new ArrayList<>();
        while (!accept(")")) {
            if (!arguments.isEmpty()) {
                expect(",");
            }
            arguments.add(binary(1));
        }
        return new PromQl.Call(function, arguments);
    }

    private PromQl selector(String metric) {
        List<PromQl.Match> matches = accept("{") ? matches() : List.of();
        Duration range = null;
        if (accept("[")) {
            range = duration(take());
            expect("]");
        }
        @Nullable Duration offset = accept("offset") ? duration(take()) : null;
        return new PromQl.Selector(metric, matches, range, offset == null ? Duration.ZERO : offset);
    }

    private List<PromQl.Match> matches() {
        List<PromQl.Match> matches = new ArrayList<>();
        while (!accept("}")) {
            if (!matches.isEmpty()) {
                expect(",");
                if (accept("}")) {
                    break;
                }
            }
            Token label = take();
            Token operator = take();
            Token value = take();
            if (label.kind() != Kind.NAME || !Set.of("=", "!=", "=~", "!~").contains(operator.text())) {
                throw unexpected(label.kind() == Kind.NAME ? operator : label);
            }
            if (value.kind() != Kind.TEXT) {
                throw unexpected(value);
            }
            matches.add(new PromQl.Match(label.text(), operator.text(), value.text()));
        }
        return matches;
    }

    private Duration duration(Token token) {
        if (token.kind() != Kind.DURATION) {
            throw unexpected(token);
        }
        return duration(token.text());
    }

    /**
     * A duration as Prometheus writes it.
     *
     * @throws UntranslatableException if it is none
     */
    static Duration duration(String text) {
        Matcher matcher = PART.matcher(text);
        Duration sum = Duration.ZERO;
        int at = 0;
        while (at < text.length() && matcher.find(at) && matcher.start() == at) {
            sum = sum.plus(part(matcher.group(1), matcher.group(2), text));
            at = matcher.end();
        }
        if (at < text.length() || text.isEmpty()) {
            throw new UntranslatableException("'" + text + "' is no duration of Prometheus, like 5m or 1h30m");
        }
        return sum;
    }

    private static Duration part(String digits, String unit, String text) {
        if (digits.length() > 9) {
            throw new UntranslatableException("the duration " + text + " is too long");
        }
        long number = Long.parseLong(digits);
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            case "w" -> Duration.ofDays(7 * number);
            default -> Duration.ofDays(365 * number);
        };
    }
}
