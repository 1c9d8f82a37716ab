package org.ergograph.alert.condition;

import dev.cel.common.ast.CelExpr;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ergograph.observation.Kind;

/** Words for people about the grammar of conditions, in place of those of the parser. */
final class Syntax {
    static final List<String> FUNCTIONS = Stream.concat(
                    Stream.of("all", "sample", "before", "deviation", "absent", "threshold"),
                    Arrays.stream(Kind.values()).map(Kind::label))
            .toList();

    private static final Map<String, String> OPERATORS = Map.ofEntries(
            Map.entry("_&&_", "&&"),
            Map.entry("_||_", "||"),
            Map.entry("!_", "!"),
            Map.entry("_?_:_", "? :"),
            Map.entry("_+_", "+"),
            Map.entry("_-_", "-"),
            Map.entry("_*_", "*"),
            Map.entry("_/_", "/"),
            Map.entry("_%_", "%"),
            Map.entry("-_", "-"),
            Map.entry("_>_", ">"),
            Map.entry("_>=_", ">="),
            Map.entry("_<_", "<"),
            Map.entry("_<=_", "<="),
            Map.entry("_==_", "=="),
            Map.entry("_!=_", "!="),
            Map.entry("_[_]", "[ ]"),
            Map.entry("@in", "in"));

    private static final int SHOWN = 40;

    private Syntax() {}

    /** The operator whose function this is, as people write it. */
    static Optional<String> operator(String function) {
        return Optional.ofNullable(OPERATORS.get(function));
    }

    static boolean isKnownFunction(String function) {
        return FUNCTIONS.contains(function);
    }

    static String noFunction(String name) {
        return isKnownFunction(name)
                ? name + "() is not allowed here"
                : "there is no function " + shown(name) + ": must be one of " + String.join(", ", FUNCTIONS);
    }

    /** What the expression is, for people. */
    static String what(CelExpr expr) {
        return switch (expr.getKind()) {
            case CONSTANT ->
                switch (expr.constant().getKind()) {
                    case STRING_VALUE, BYTES_VALUE -> "a text";
                    case NULL_VALUE -> "null";
                    case BOOLEAN_VALUE -> "true or false";
                    default -> "a number";
                };
            case IDENT -> "the name " + shown(expr.ident().name());
            case SELECT -> "the measure " + shown(expr.select().field());
            case CALL ->
                operator(expr.call().function()).orElse(shown(expr.call().function()) + "()");
            case LIST -> "a list";
            case MAP -> "a map";
            case STRUCT -> "an object";
            default -> "this";
        };
    }

    /** What the parser says, without the list of all that it would have taken, and without its own names. */
    static String words(String message) {
        if (message.contains("Expression recursion limit") || message.contains("recursion")) {
            return "it is nested too deeply: must be at most " + ConditionReader.MAX_DEPTH + " deep";
        }
        if (message.startsWith("For input string")) {
            return "the number is too great";
        }
        if (message.contains("'<EOF>'") && !message.startsWith("extraneous")) {
            return "it ends where something more must come";
        }
        int quote = message.indexOf('\'');
        int end = message.indexOf("' expecting");
        if (quote >= 0 && end < 0) {
            end = message.lastIndexOf('\'');
        }
        return quote >= 0 && end > quote
                ? shown(message.substring(quote + 1, end)) + " must not stand here"
                : "this cannot be read";
    }

    /** The text, cut if it is long, without what does not print. */
    static String shown(String text) {
        String cut = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
        return cut.chars()
                .mapToObj(c -> Character.isISOControl(c) ? "?" : String.valueOf((char) c))
                .collect(Collectors.joining());
    }

    /** Where the expression begins; the parser knows where its operator, its dot or its parenthesis is. */
    static int begin(CelExpr expr, String text, int position) {
        if (expr.getKind() == CelExpr.ExprKind.Kind.SELECT) {
            return position + 1;
        }
        if (expr.getKind() == CelExpr.ExprKind.Kind.CALL
                && operator(expr.call().function()).isEmpty()) {
            int name = text.lastIndexOf(expr.call().function(), position);
            return name < 0 ? position : name;
        }
        return position;
    }
}
