package org.ergograph.notify.prometheus;

import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ergograph.alert.condition.Words;
import org.ergograph.observation.Kind;

/** Conditions as terms, and terms as conditions. */
final class Terms {
    private static final CelParser PARSER =
            CelParserFactory.standardCelParserBuilder().build();

    private static final Map<String, String> COMPARISONS =
            Map.of("_>_", ">", "_>=_", ">=", "_<_", "<", "_<=_", "<=", "_==_", "==", "_!=_", "!=");
    private static final Map<String, String> ARITHMETIC = Map.of("_+_", "+", "_-_", "-", "_*_", "*", "_/_", "/");

    private Terms() {}

    /**
     * The condition as terms.
     *
     * @throws UntranslatableException if it has what no PromQL says
     */
    static Term of(String condition) {
        try {
            return term(PARSER.parse(condition).getAst().getExpr());
        } catch (CelValidationException e) {
            throw new UntranslatableException("the condition is none: " + e.getMessage());
        }
    }

    private static Term term(CelExpr expression) {
        return switch (expression.getKind()) {
            case CONSTANT -> constant(expression.constant());
            case IDENT -> ident(expression.ident().name());
            case SELECT ->
                select(expression.select().operand(), expression.select().field());
            case CALL -> call(expression.call());
            default -> throw new UntranslatableException("the condition has a list, a map or a macro in it");
        };
    }

    private static Term constant(CelConstant constant) {
        return switch (constant.getKind()) {
            case INT64_VALUE -> new Term.Num(constant.int64Value());
            case DOUBLE_VALUE -> new Term.Num(constant.doubleValue());
            case UINT64_VALUE -> new Term.Num(constant.uint64Value().doubleValue());
            default -> throw new UntranslatableException("the condition compares with what is no number");
        };
    }

    private static Term ident(String word) {
        return measure(new Term.Source.Own(), word, Duration.ZERO);
    }

    private static Term select(CelExpr operand, String word) {
        CelExpr on = operand;
        Duration before = Duration.ZERO;
        while (on.getKind() == CelExpr.ExprKind.Kind.CALL
                && on.call().function().equals("before")) {
            before = before.plus(duration(text(on.call().args(), "before")));
            if (on.call().target().isEmpty()) {
                return measure(new Term.Source.Own(), word, before);
            }
            on = on.call().target().get();
        }
        if (on.getKind() != CelExpr.ExprKind.Kind.CALL) {
            throw new UntranslatableException("." + word + " of something that is none of the known series");
        }
        return measure(source(on.call()), word, before);
    }

    private static Term.Source source(CelExpr.CelCall call) {
        String function = call.function();
        if (function.equals("all")) {
            return new Term.Source.All();
        }
        if (function.equals("sample")) {
            return new Term.Source.Sampled(text(call.args(), function));
        }
        return Kind.parse(function)
                .map(kind -> new Term.Source.Named(kind, text(call.args(), function)))
                .orElseThrow(() -> new UntranslatableException(function + "() is in no metric"));
    }

    private static Term.Measure measure(Term.Source source, String word, Duration before) {
        Optional<String> sampled = Words.sampled(word);
        if (source instanceof Term.Source.Own && sampled.isPresent()) {
            return new Term.Measure(new Term.Source.Sampled(sampled.get()), "mean", before);
        }
        boolean own = !(source instanceof Term.Source.Sampled);
        return new Term.Measure(source, own ? Words.measure(word) : word, before);
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new UntranslatableException("before(\"" + text + "\") has no duration");
        }
    }

    private static String text(List<CelExpr> arguments, String function) {
        if (arguments.size() == 1
                && arguments.get(0).getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && arguments.get(0).constant().getKind() == CelConstant.Kind.STRING_VALUE) {
            return arguments.get(0).constant().stringValue();
        }
        throw new UntranslatableException(function + "() of something other than one text");
    }

    private static Term call(CelExpr.CelCall call) {
        List<CelExpr> arguments = call.args();
        String function = call.function();
        String comparison = COMPARISONS.get(function);
        if (comparison != null) {
            return new Term.Compare(comparison, term(arguments.get(0)), term(arguments.get(1)));
        }
        String arithmetic = ARITHMETIC.get(function);
        if (arithmetic != null) {
            return new Term.Arithmetic(arithmetic, term(arguments.get(0)), term(arguments.get(1)));
        }
        return switch (function) {
            case "_&&_" -> new Term.And(term(arguments.get(0)), term(arguments.get(1)));
            case "_||_" -> new Term.Or(term(arguments.get(0)), term(arguments.get(1)));
            case "!_" -> new Term.Not(term(arguments.get(0)));
            case "-_" -> new Term.Arithmetic("-", new Term.Num(0), term(arguments.get(0)));
            case "absent" -> new Term.Absent();
            case "threshold" -> new Term.Threshold(text(arguments, function));
            case "deviation" ->
                throw new UntranslatableException(
                        "deviation() compares with the median of earlier windows, which PromQL does not have");
            default -> throw new UntranslatableException(function + " is not in PromQL");
        };
    }

    /** The same about the subject of the rule, where it is about one series or kind. */
    static Term owned(Term term) {
        if (term instanceof Term.Measure measure) {
            return measure.source() instanceof Term.Source.Sampled
                    ? measure
                    : new Term.Measure(new Term.Source.Own(), measure.name(), measure.before());
        }
        if (term instanceof Term.Arithmetic sum) {
            return new Term.Arithmetic(sum.operator(), owned(sum.left()), owned(sum.right()));
        }
        if (term instanceof Term.Compare compare) {
            return new Term.Compare(compare.operator(), owned(compare.left()), owned(compare.right()));
        }
        if (term instanceof Term.And and) {
            return new Term.And(owned(and.left()), owned(and.right()));
        }
        if (term instanceof Term.Or or) {
            return new Term.Or(owned(or.left()), owned(or.right()));
        }
        return term instanceof Term.Not not ? new Term.Not(owned(not.of())) : term;
    }

    /** The terms as a condition. */
    static String text(Term term) {
        if (term instanceof Term.Num number) {
            return new PromQl.Num(number.value()).toString();
        }
        if (term instanceof Term.Measure measure) {
            return measured(measure);
        }
        if (term instanceof Term.Threshold threshold) {
            return "threshold(" + PromQl.quoted(threshold.name()) + ")";
        }
        if (term instanceof Term.Arithmetic sum) {
            return inner(sum.left(), sum) + " " + sum.operator() + " " + inner(sum.right(), sum);
        }
        if (term instanceof Term.Compare compare) {
            return text(compare.left()) + " " + compare.operator() + " " + text(compare.right());
        }
        if (term instanceof Term.And and) {
            return inner(and.left(), and) + " && " + inner(and.right(), and);
        }
        if (term instanceof Term.Or or) {
            return inner(or.left(), or) + " || " + inner(or.right(), or);
        }
        return term instanceof Term.Not not ? "!(" + text(not.of()) + ")" : "absent()";
    }

    private static String inner(Term part, Term of) {
        boolean mixed = part instanceof Term.Arithmetic
                || ((part instanceof Term.And || part instanceof Term.Or) && part.getClass() != of.getClass());
        return mixed ? "(" + text(part) + ")" : text(part);
    }

    private static String measured(Term.Measure measure) {
        StringBuilder text = new StringBuilder();
        Term.Source source = measure.source();
        if (source instanceof Term.Source.Named named) {
            text.append(named.kind().label())
                    .append('(')
                    .append(PromQl.quoted(named.name()))
                    .append(").");
        } else if (source instanceof Term.Source.Sampled sampled) {
            text.append("sample(").append(PromQl.quoted(sampled.name())).append(").");
        } else if (source instanceof Term.Source.All) {
            text.append("all().");
        }
        if (!measure.before().isZero()) {
            text.append("before(\"").append(measure.before()).append("\").");
        }
        return text.append(measure.name()).toString();
    }
}
