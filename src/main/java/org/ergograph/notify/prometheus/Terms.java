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
import org.ergograph.observation.Kind;

/** Conditions as terms, and terms as conditions. */
final class Terms {
    private static final CelParser PARSER =
            CelParserFactory.standardCelParserBuilder().build();

    private static final Map<String, String> COMPARISONS =
            Map.of("_>_", ">", "_>=_", ">=", "_<_", "<", "_<=_", "<=", "_==_", "==", "_!=_", "!=");
    private static final Map<String, String> ARITHMETIC = Map.of("_+_", "+", "_-_", "-", "_*_", "*", "_/_", "/");

    private static final Map<String, Term.Measure> ALIASES = Map.of(
            "p95_response_time", own("p95"),
            "p99_response_time", own("p99"),
            "requests_per_second", own("rate"),
            "cpu_usage", mean("cpu_usage_percent"),
            "memory_usage", mean("memory_usage_percent"),
            "disk_usage", mean("disk_usage_percent"));

    private Terms() {}

    private static Term.Measure own(String measure) {
        return new Term.Measure(new Term.Source.Own(), measure, Duration.ZERO);
    }

    private static Term.Measure mean(String sample) {
        return new Term.Measure(new Term.Source.Sampled(sample), "mean", Duration.ZERO);
    }

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

    private static Term ident(String name) {
        Term alias = ALIASES.get(name);
        return alias == null ? own(name) : alias;
    }

    private static Term select(CelExpr operand, String measure) {
        if (operand.getKind() != CelExpr.ExprKind.Kind.CALL) {
            throw new UntranslatableException("." + measure + " of something that is none of the known series");
        }
        CelExpr.CelCall call = operand.call();
        if (call.function().equals("before") && call.args().size() == 1) {
            return new Term.Measure(new Term.Source.Own(), measure, duration(text(call.args(), call.function())));
        }
        Term.Source source = switch (call.function()) {
            case "all" -> new Term.Source.All();
            case "sample" -> new Term.Source.Sampled(text(call.args(), "sample"));
            default -> {
                Optional<Kind> kind = Kind.parse(call.function());
                if (kind.isEmpty()) {
                    throw new UntranslatableException(call.function() + "() is in no metric");
                }
                yield new Term.Source.Named(kind.get(), text(call.args(), call.function()));
            }
        };
        return new Term.Measure(source, measure, Duration.ZERO);
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

    /**
     * The terms as a condition.
     *
     * @throws UntranslatableException if the language of conditions cannot say it
     */
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
                || (part instanceof Term.And || part instanceof Term.Or) && part.getClass() != of.getClass();
        return mixed ? "(" + text(part) + ")" : text(part);
    }

    private static String measured(Term.Measure measure) {
        String name = measure.name();
        Term.Source source = measure.source();
        if (source instanceof Term.Source.Own) {
            return measure.before().isZero()
                    ? name
                    : "before(" + PromQl.quoted(measure.before().toString()) + ")." + name;
        }
        if (!measure.before().isZero()) {
            throw new UntranslatableException("an offset of something that the rule is not about");
        }
        if (source instanceof Term.Source.Named named) {
            return named.kind().label() + "(" + PromQl.quoted(named.name()) + ")." + name;
        }
        return source instanceof Term.Source.Sampled sampled
                ? "sample(" + PromQl.quoted(sampled.name()) + ")." + name
                : "all()." + name;
    }
}
