package org.ergograph.notify.prometheus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import org.ergograph.alert.Rule;

/** A rule file of Prometheus with as many rules as can be told there; the others are named, with the reason. Immutable. */
final class RuleFile {
    private static final String HEAD = """
            # Rules for Prometheus, exported by Ergograph: %d exported, %d of them with a note, %d not exported (listed at the end).
            # Quantiles rest on the buckets of the histograms here and on sketches there; increase() and rate() extrapolate.
            # Channels, cooldown and escalation are not the business of a rule file: they are in the annotation %s only.
            """;

    private final List<ExportedRule> exported;
    private final Map<String, String> refused;

    private RuleFile(List<ExportedRule> exported, Map<String, String> refused) {
        this.exported = List.copyOf(exported);
        this.refused = new TreeMap<>(refused);
    }

    /**
     * The file.
     *
     * @param definition a rule as JSON
     * @param thresholds those that are set now
     */
    static RuleFile of(
            List<Rule> rules, Function<Rule, String> definition, Function<String, OptionalDouble> thresholds) {
        List<ExportedRule> exported = new ArrayList<>();
        Map<String, String> refused = new TreeMap<>();
        rules.stream().sorted(Comparator.comparing(Rule::name)).forEach(rule -> {
            try {
                exported.add(ExportedRule.of(rule, definition.apply(rule), thresholds));
            } catch (UntranslatableException e) {
                refused.put(rule.name(), String.valueOf(e.getMessage()));
            }
        });
        return new RuleFile(exported, refused);
    }

    /** How many rules are in it. */
    int exported() {
        return exported.size();
    }

    /** Which rules are not, and why. */
    Map<String, String> refused() {
        return Map.copyOf(refused);
    }

    /** The file in YAML. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(HEAD.formatted(
                exported.size(),
                exported.stream().filter(rule -> !rule.notes().isEmpty()).count(),
                refused.size(),
                ExportedRule.DEFINITION));
        text.append(exported.isEmpty() ? "groups: []\n" : "groups:\n");
        Map<Duration, List<ExportedRule>> groups = new LinkedHashMap<>();
        exported.stream()
                .sorted(Comparator.comparing(ExportedRule::interval))
                .forEach(rule -> groups.computeIfAbsent(rule.interval(), interval -> new ArrayList<>())
                        .add(rule));
        groups.forEach((interval, rules) -> {
            text.append("  - name: \"ergograph-").append(PromQl.shown(interval)).append("\"\n");
            text.append("    interval: ").append(PromQl.shown(interval)).append("\n    rules:\n");
            rules.forEach(rule -> append(text, rule));
        });
        refused.forEach((name, why) -> text.append("# Not exported: ")
                .append(line(name))
                .append(": ")
                .append(line(why))
                .append('\n'));
        return text.toString();
    }

    private static void append(StringBuilder text, ExportedRule rule) {
        rule.notes().forEach(note -> text.append("      # ").append(line(note)).append('\n'));
        text.append("      - alert: ").append(PromQl.quoted(rule.alert())).append('\n');
        text.append("        expr: ")
                .append(PromQl.quoted(rule.expression().toString()))
                .append('\n');
        if (!rule.hold().isZero()) {
            text.append("        for: ").append(PromQl.shown(rule.hold())).append('\n');
        }
        if (!rule.keepFiringFor().isZero()) {
            text.append("        keep_firing_for: ")
                    .append(PromQl.shown(rule.keepFiringFor()))
                    .append('\n');
        }
        append(text, "labels", rule.labels());
        append(text, "annotations", rule.annotations());
    }

    private static void append(StringBuilder text, String field, Map<String, String> values) {
        text.append("        ").append(field).append(":\n");
        values.forEach((name, value) -> text.append("          ")
                .append(name)
                .append(": ")
                .append(PromQl.quoted(value))
                .append('\n'));
    }

    /** In a comment, which ends with its line. */
    private static String line(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ");
    }
}
