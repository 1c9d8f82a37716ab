package org.ergograph.alert.condition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ergograph.observation.Kind;

/**
 * Makes a condition of an expression. The grammar is that of the Common Expression Language, without its macros; of what it can
 * express, all is refused but truth values, numbers, their comparison, the four operations and the names and functions that are
 * listed here. So nothing is ever looked up or called by a name that an expression brings.
 */
final class ConditionReader {
    static final int MAX_LENGTH = 2000;
    static final int MAX_DEPTH = 50;
    /** How many different stretches of the past a condition may look at, those of deviations apart. */
    static final int MAX_EARLIER = 8;

    static final int MAX_DEVIATIONS = 4;
    private static final Duration LONGEST_AGO = Duration.ofDays(800);

    private static final CelParser PARSER = CelParserFactory.standardCelParserBuilder()
            .setOptions(CelOptions.current()
                    .maxExpressionCodePointSize(MAX_LENGTH)
                    .maxParseRecursionDepth(MAX_DEPTH)
                    .maxParseErrorRecoveryLimit(1)
                    .build())
            .build();

    private final String text;
    private final CelAbstractSyntaxTree tree;
    private final Set<Source> sources = new LinkedHashSet<>();
    private final Set<Amount.Deviation> deviations = new LinkedHashSet<>();
    private final Set<String> thresholds = new LinkedHashSet<>();
    private boolean absence;

    private ConditionReader(String text, CelAbstractSyntaxTree tree) {
        this.text = text;
        this.tree = tree;
    }

    /** @throws IllegalArgumentException if it is no condition; the message says where and why */
    static Condition read(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "condition has " + text.length() + " characters: must have at most " + MAX_LENGTH);
        }
        ConditionReader reader = new ConditionReader(text, parse(text));
        Truth root = reader.truth(reader.tree.getExpr());
        return new Condition(text, root, reader.sources, reader.deviations, reader.thresholds, reader.absence);
    }

    private static CelAbstractSyntaxTree parse(String text) {
        CelValidationResult result = PARSER.parse(text);
        if (result.hasError()) {
            CelIssue first = result.getErrors().get(0);
            CelSourceLocation at = first.getSourceLocation();
            throw refusal(at.getLine(), at.getColumn() + 1, Syntax.words(first.getMessage()));
        }
        try {
            return result.getAst();
        } catch (CelValidationException e) {
            throw new IllegalStateException("the parser found no fault, and has no result", e);
        }
    }

    private Truth truth(CelExpr expr) {
        return switch (expr.getKind()) {
            case CONSTANT -> always(expr);
            case CALL -> truthOf(expr, expr.call());
            default -> throw refused(expr, Syntax.what(expr) + ": must be true or false, as a comparison is");
        };
    }

    private Truth always(CelExpr expr) {
        if (expr.constant().getKind() != CelConstant.Kind.BOOLEAN_VALUE) {
            throw refused(expr, Syntax.what(expr) + ": must be true or false, as a comparison is");
        }
        return new Truth.Always(expr.constant().booleanValue());
    }

    private Truth truthOf(CelExpr expr, CelExpr.CelCall call) {
        List<CelExpr> operands = call.args();
        for (Relation relation : Relation.values()) {
            if (relation.function().equals(call.function())) {
                return Truth.Compared.of(relation, amount(operands.get(0)), amount(operands.get(1)));
            }
        }
        return switch (call.function()) {
            case "_&&_" -> new Truth.Joined(Answer.NO, truth(operands.get(0)), truth(operands.get(1)));
            case "_||_" -> new Truth.Joined(Answer.YES, truth(operands.get(0)), truth(operands.get(1)));
            case "!_" -> new Truth.Not(truth(operands.get(0)));
            case "_?_:_" -> new Truth.Chosen(truth(operands.get(0)), truth(operands.get(1)), truth(operands.get(2)));
            case "absent" -> absent(expr, call);
            default -> throw refused(expr, known(call) + " is not true or false: must be compared with a number");
        };
    }

    /** What the call is, for people. */
    private static String known(CelExpr.CelCall call) {
        return Syntax.operator(call.function()).orElse(call.function() + "()");
    }

    private Truth absent(CelExpr expr, CelExpr.CelCall call) {
        if (!call.args().isEmpty()) {
            throw refused(expr, "absent() takes nothing in its parentheses");
        }
        Source source = receiver(call);
        absence |= source.equals(Source.SUBJECT);
        return new Truth.Absent(looksAt(expr, source));
    }

    private Amount amount(CelExpr expr) {
        return switch (expr.getKind()) {
            case CONSTANT -> constant(expr, expr.constant());
            case IDENT -> figure(expr, Source.SUBJECT, expr.ident().name());
            case SELECT ->
                figure(expr, source(expr.select().operand()), expr.select().field());
            case CALL -> amountOf(expr, expr.call());
            default -> throw refused(expr, Syntax.what(expr) + ": must be a number");
        };
    }

    private Amount constant(CelExpr expr, CelConstant constant) {
        double value = switch (constant.getKind()) {
            case DOUBLE_VALUE -> constant.doubleValue();
            case INT64_VALUE -> constant.int64Value();
            case UINT64_VALUE -> constant.uint64Value().doubleValue();
            default -> throw refused(expr, Syntax.what(expr) + ": must be a number");
        };
        if (!Double.isFinite(value)) {
            throw refused(expr, "the number is too great");
        }
        return new Amount.Constant(value);
    }

    private Amount amountOf(CelExpr expr, CelExpr.CelCall call) {
        List<CelExpr> operands = call.args();
        return switch (call.function()) {
            case "_+_", "_-_", "_*_", "_/_" ->
                new Amount.Reckoned(call.function().charAt(1), amount(operands.get(0)), amount(operands.get(1)));
            case "-_" -> new Amount.Negative(amount(operands.get(0)));
            case "_?_:_" -> new Amount.Chosen(truth(operands.get(0)), amount(operands.get(1)), amount(operands.get(2)));
            case "threshold" -> {
                if (call.target().isPresent()) {
                    throw refused(expr, "threshold() belongs to nothing: must stand alone");
                }
                String name = onlyText(expr, call);
                thresholds.add(name);
                yield new Amount.Threshold(name);
            }
            case "deviation" -> deviation(expr, call);
            default -> throw notANumber(expr, call);
        };
    }

    private Amount deviation(CelExpr expr, CelExpr.CelCall call) {
        Amount.Figure figure =
                figure(call.args().isEmpty() ? expr : call.args().get(0), receiver(call), onlyText(expr, call));
        Amount.Deviation deviation = new Amount.Deviation(figure, "deviation(\"" + figure.text() + "\")");
        deviations.add(deviation);
        if (deviations.size() > MAX_DEVIATIONS) {
            throw refused(expr, "there are more than " + MAX_DEVIATIONS + " different deviations");
        }
        return deviation;
    }

    private IllegalArgumentException notANumber(CelExpr expr, CelExpr.CelCall call) {
        if (Syntax.operator(call.function()).isPresent()) {
            return refused(expr, known(call) + " is not allowed between numbers here");
        }
        if (call.function().equals("absent")) {
            return refused(expr, "absent() is true or false: must not be taken for a number");
        }
        if (isSource(call.function())) {
            return refused(expr, call.function() + "() is no number: must be followed by a measure, .p95 say");
        }
        return refused(expr, Syntax.noFunction(call.function()));
    }

    private Amount.Figure figure(CelExpr expr, Source source, String word) {
        Source from = source;
        String measure = word;
        if (!source.isOfSamples() && source.of() == Source.Of.SUBJECT) {
            Optional<String> sampled = Words.sampled(word);
            if (sampled.isPresent()) {
                from = new Source(Source.Of.SAMPLES, sampled.get(), source.before());
                measure = Measure.MEAN.word();
            }
        }
        if (!from.isOfSamples()) {
            measure = Words.measure(word);
        }
        Optional<Measure> found = Measure.parse(measure);
        if (found.isEmpty() || (from.isOfSamples() && !found.get().ofSamples())) {
            throw refused(
                    expr,
                    "there is no measure " + word + (from.isOfSamples() ? " of samples" : "") + ": must be one of "
                            + Words.all(source));
        }
        return new Amount.Figure(looksAt(expr, from), found.get(), source.text(word));
    }

    /** What the call is made on; the subject if on nothing. */
    private Source receiver(CelExpr.CelCall call) {
        return call.target().isPresent() ? source(call.target().get()) : Source.SUBJECT;
    }

    private static boolean isSource(String function) {
        return function.equals("all")
                || function.equals("sample")
                || function.equals("before")
                || Kind.parse(function).isPresent();
    }

    private Source source(CelExpr expr) {
        if (expr.getKind() != CelExpr.ExprKind.Kind.CALL) {
            throw refused(expr, Syntax.what(expr) + " has no measures");
        }
        CelExpr.CelCall call = expr.call();
        String function = call.function();
        if (!isSource(function)) {
            throw refused(
                    expr,
                    Syntax.isKnownFunction(function)
                                    || Syntax.operator(function).isPresent()
                            ? known(call) + " has no measures"
                            : Syntax.noFunction(function));
        }
        if (function.equals("before")) {
            return receiver(call).earlier(ago(expr, onlyText(expr, call)));
        }
        if (call.target().isPresent()) {
            throw refused(expr, function + "() belongs to nothing: must stand first");
        }
        if (function.equals("all")) {
            if (!call.args().isEmpty()) {
                throw refused(expr, "all() takes nothing in its parentheses");
            }
            return new Source(Source.Of.SCOPE, Scope.SYSTEM.text(), Duration.ZERO);
        }
        String name = onlyText(expr, call);
        return function.equals("sample")
                ? new Source(Source.Of.SAMPLES, name, Duration.ZERO)
                : new Source(Source.Of.SCOPE, function + ":" + name, Duration.ZERO);
    }

    private Duration ago(CelExpr expr, String text) {
        try {
            Duration ago = Duration.parse(text);
            if (ago.isNegative() || ago.isZero() || ago.compareTo(LONGEST_AGO) > 0) {
                throw refused(expr, "before() is " + Syntax.shown(text) + ": must be more than PT0S and at most P800D");
            }
            return ago;
        } catch (DateTimeParseException e) {
            throw refused(expr, "before() is " + Syntax.shown(text) + ": must be a duration of ISO 8601, PT1H say");
        }
    }

    private String onlyText(CelExpr expr, CelExpr.CelCall call) {
        List<CelExpr> given = call.args();
        if (given.size() != 1
                || given.get(0).getKind() != CelExpr.ExprKind.Kind.CONSTANT
                || given.get(0).constant().getKind() != CelConstant.Kind.STRING_VALUE) {
            throw refused(expr, call.function() + "() takes one text in quotes");
        }
        String name = given.get(0).constant().stringValue();
        if (name.isEmpty() || name.length() > Scope.MAX_LENGTH / 2) {
            throw refused(
                    expr,
                    "the text of " + call.function() + "() has " + name.length() + " characters: must have 1 to "
                            + Scope.MAX_LENGTH / 2);
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw refused(expr, "the text of " + call.function() + "() has a control character: must have none");
        }
        return name;
    }

    private Source looksAt(CelExpr expr, Source source) {
        sources.add(source);
        if (sources.stream().map(Source::before).distinct().count() > MAX_EARLIER + 1) {
            throw refused(expr, "it looks at more than " + MAX_EARLIER + " different times before");
        }
        return source;
    }

    private IllegalArgumentException refused(CelExpr expr, String why) {
        Integer position = tree.getSource().getPositionsMap().get(expr.id());
        int offset = Syntax.begin(expr, text, position == null ? 0 : text.offsetByCodePoints(0, position));
        String before = text.substring(0, offset);
        String onLine = before.substring(before.lastIndexOf('\n') + 1);
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        return refusal(line, 1 + onLine.codePointCount(0, onLine.length()), why);
    }

    private static IllegalArgumentException refusal(int line, int column, String why) {
        return new IllegalArgumentException("condition, line " + line + ", column " + column + ": " + why);
    }
}
