package org.ergograph.notify.prometheus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ergograph.alert.OnNoData;
import org.ergograph.alert.Rule;
import org.ergograph.alert.condition.Condition;
import org.ergograph.alert.condition.Slo;

/**
 * A rule as Prometheus has it. Immutable.
 *
 * @param notes what it does a little differently there, in sentences
 */
record ExportedRule(
        String alert,
        PromQl expression,
        Duration hold,
        Duration keepFiringFor,
        Duration interval,
        Map<String, String> labels,
        Map<String, String> annotations,
        List<String> notes) {
    /** The annotation that holds the rule as it is here. */
    static final String DEFINITION = "ergograph_rule";

    static final String SEVERITY = "severity";

    private static final Pattern FIELD = Pattern.compile("\\{\\{|}}|\\{([a-z]+)(?:\\.(\\w+))?}");

    ExportedRule {
        labels = new TreeMap<>(labels);
        annotations = new TreeMap<>(annotations);
        notes = List.copyOf(notes);
    }

    /**
     * The rule for Prometheus.
     *
     * @param definition the rule as JSON
     * @param thresholds those that are set now
     * @throws UntranslatableException if Prometheus cannot have it; says why
     */
    static ExportedRule of(Rule rule, String definition, Function<String, OptionalDouble> thresholds) {
        if (!rule.enabled()) {
            throw new UntranslatableException("it is disabled");
        }
        if (rule.timing().dampening() != null) {
            throw new UntranslatableException("it fires when so many evaluations among some found it met (firingOf)");
        }
        if (rule.timing().onNoData() == OnNoData.FIRE) {
            throw new UntranslatableException("it fires where there is no data (onNoData)");
        }
        ToPromQl translation = new ToPromQl(rule.query(), thresholds);
        PromQl expression = translation.expression();
        List<String> notes = new ArrayList<>(translation.notes());
        if (rule.timing().onNoData() == OnNoData.KEEP) {
            notes.add("where there is no data any more, Prometheus resolves it, and it is not kept as it is");
        }
        if (!rule.timing().autoResolve()) {
            notes.add("Prometheus resolves it when the condition has gone, and not only by hand");
        }
        Map<String, String> labels = new TreeMap<>();
        rule.labels().forEach((name, value) -> labels.put(name, literal(value)));
        labels.put(SEVERITY, rule.severity().word());
        Map<String, String> annotations = new TreeMap<>();
        annotations.put("summary", summary(rule, notes));
        annotations.put("description", literal(asked(rule)));
        // What looks like a template to Prometheus can only be within a text of the JSON.
        annotations.put(DEFINITION, definition.replace("{{", "{\\u007b"));
        return new ExportedRule(
                rule.name(),
                expression,
                rule.timing().hold(),
                rule.timing().keepFiringFor(),
                rule.timing().evaluationPeriod(),
                labels,
                annotations,
                notes);
    }

    private static String asked(Rule rule) {
        Condition condition = rule.query().condition();
        Slo slo = rule.query().slo();
        String asks = condition != null
                ? condition.text()
                : slo == null ? "" : "objective " + slo.objective() + " over " + slo.window();
        return asks + ", scope " + rule.query().scope().text() + ", window "
                + rule.query().window();
    }

    private static String summary(Rule rule, List<String> notes) {
        String template = rule.notice().messageTemplate();
        if (template.isEmpty()) {
            return literal(rule.name()) + ": {{ $value }}";
        }
        StringBuilder text = new StringBuilder();
        Matcher matcher = FIELD.matcher(template);
        int at = 0;
        while (matcher.find()) {
            text.append(literal(template.substring(at, matcher.start())));
            text.append(filled(rule, matcher, notes));
            at = matcher.end();
        }
        return text.append(literal(template.substring(at))).toString();
    }

    private static String filled(Rule rule, Matcher field, List<String> notes) {
        if (field.group(1) == null) {
            return literal(field.group().substring(1));
        }
        return switch (field.group(1)) {
            case "value" -> "{{ $value }}";
            case "label" -> "{{ $labels." + field.group(2) + " }}";
            case "subject" -> "{{ $labels }}";
            case "severity" -> rule.severity().word();
            case "rule" -> literal(rule.name());
            case "status" -> "firing";
            default -> {
                notes.add("its message has the field " + field.group() + ", which Prometheus cannot fill in");
                yield field.group();
            }
        };
    }

    /** Text that Prometheus does not take for a template. */
    private static String literal(String text) {
        return text.replace("{{", "{{ \"{{\" }}");
    }
}
