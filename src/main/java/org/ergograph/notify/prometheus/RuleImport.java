package org.ergograph.notify.prometheus;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ergograph.alert.Rule;
import org.ergograph.alert.Severity;
import org.ergograph.alert.condition.Condition;
import org.ergograph.alert.condition.Query;
import org.ergograph.alert.condition.Slo;
import org.ergograph.web.JsonBody;
import org.ergograph.web.JsonText;
import org.ergograph.web.Problem;
import org.ergograph.web.ProblemException;
import org.jspecify.annotations.Nullable;

/** Makes rules of the rules of a file. Thread-safe. */
final class RuleImport {
    private static final Duration USUAL_INTERVAL = Duration.ofMinutes(1);
    private static final Set<String> KNOWN = Set.of("alert", "expr", "for", "keep_firing_for");
    private static final List<String> SUMMARIES = List.of("summary", "message", "description");
    private static final Pattern TEMPLATE = Pattern.compile("\\{\\{.*?}}");
    private static final Map<String, Severity> SEVERITIES = Map.of(
            "page", Severity.CRITICAL,
            "error", Severity.CRITICAL,
            "warn", Severity.WARNING,
            "ticket", Severity.WARNING,
            "none", Severity.INFO);

    private final Function<JsonBody, Rule> reader;
    private final Function<String, OptionalDouble> thresholds;
    private final Duration minPeriod;

    /**
     * Makes one.
     *
     * @param reader reads and checks a rule as clients write it
     * @param thresholds those that are set now
     * @param minPeriod the shortest evaluation period
     */
    RuleImport(Function<JsonBody, Rule> reader, Function<String, OptionalDouble> thresholds, Duration minPeriod) {
        this.reader = reader;
        this.thresholds = thresholds;
        this.minPeriod = minPeriod;
    }

    /** What becomes of each of the rules, in their order. */
    List<ImportedRule> rules(List<FileRule> file) {
        List<ImportedRule> rules = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (FileRule from : file) {
            ImportedRule rule = rule(from);
            boolean again = rule.rule() != null && !names.add(rule.name());
            rules.add(again ? ImportedRule.refused(from, "another rule of the file has the same name") : rule);
        }
        return rules;
    }

    private ImportedRule rule(FileRule from) {
        try {
            check(from);
            PromQl expression = PromQlParser.parse(from.field("expr"));
            String definition = from.annotations().get(ExportedRule.DEFINITION);
            List<String> notes = new ArrayList<>();
            if (definition != null) {
                Rule exact = exact(definition, from, expression, notes);
                if (exact != null) {
                    return new ImportedRule(from, exact, true, notes, null);
                }
                notes.add("it was changed since its export, so its annotation " + ExportedRule.DEFINITION
                        + " does not count");
            }
            FromPromQl translation = new FromPromQl();
            Query query = translation.query(expression);
            Rule rule = read(definition(from, query, notes));
            notes.addAll(translation.notes());
            return new ImportedRule(from, rule, false, notes, null);
        } catch (UntranslatableException | IllegalArgumentException e) {
            return ImportedRule.refused(from, String.valueOf(e.getMessage()));
        } catch (ProblemException e) {
            return ImportedRule.refused(from, faults(e.problem()));
        }
    }

    private static String faults(Problem problem) {
        return problem.errors().isEmpty()
                ? problem.detail()
                : problem.errors().stream()
                        .map(fault -> fault.field() + " is " + fault.value() + ": must be " + fault.allowed())
                        .collect(Collectors.joining("; "));
    }

    private static void check(FileRule from) {
        if (from.fields().containsKey("record")) {
            throw new UntranslatableException("it is a recording rule: there is nothing to record into");
        }
        List<String> faults = new ArrayList<>(from.faults());
        from.fields().keySet().stream()
                .filter(field -> !KNOWN.contains(field))
                .forEach(field -> faults.add("the field " + field + " is not known"));
        for (String field : List.of("alert", "expr")) {
            if (from.field(field).isBlank()) {
                faults.add(field + " is missing");
            }
        }
        if (!faults.isEmpty()) {
            throw new UntranslatableException(String.join("; ", faults));
        }
    }

    private Rule read(JsonObject definition) {
        return reader.apply(JsonBody.read(new ByteArrayInputStream(JsonText.bytes(definition))));
    }

    /** The rule that was exported; null if what Prometheus reads of it has been changed since. */
    private @Nullable Rule exact(String definition, FileRule from, PromQl expression, List<String> notes) {
        Rule rule;
        ExportedRule again;
        try {
            rule = reader.apply(JsonBody.read(new ByteArrayInputStream(definition.getBytes(StandardCharsets.UTF_8))));
            again = ExportedRule.of(rule, definition, thresholds);
        } catch (ProblemException | UntranslatableException e) {
            notes.add("its annotation " + ExportedRule.DEFINITION + " is no rule: " + e.getMessage());
            return null;
        }
        boolean same = PromQlForms.tidy(again.expression()).equals(PromQlForms.tidy(expression));
        if (!same && definition.contains("threshold(")) {
            same = PromQlForms.withoutNumbers(again.expression()).equals(PromQlForms.withoutNumbers(expression));
            notes.add("its thresholds are those that are set here, which are others than at its export");
        }
        return same
                        && again.alert().equals(from.field("alert"))
                        && again.hold().equals(duration(from.field("for"), Duration.ZERO))
                        && again.keepFiringFor().equals(duration(from.field("keep_firing_for"), Duration.ZERO))
                        && again.interval().equals(duration(from.interval(), USUAL_INTERVAL))
                        && again.labels().equals(new TreeMap<>(from.labels()))
                ? rule
                : null;
    }

    private static Duration duration(String text, Duration otherwise) {
        return text.isEmpty() ? otherwise : PromQlParser.duration(text);
    }

    private JsonObject definition(FileRule from, Query query, List<String> notes) {
        JsonObjectBuilder json = JsonText.object().add("name", from.field("alert"));
        Condition condition = query.condition();
        Slo slo = query.slo();
        if (condition != null) {
            json.add("condition", condition.text());
        }
        if (slo != null) {
            json.add(
                    "slo",
                    JsonText.object()
                            .add("objective", slo.objective())
                            .add("window", slo.window().toString()));
        }
        JsonArrayBuilder groupBy = JsonText.array();
        query.groupBy().forEach(groupBy::add);
        Duration interval = duration(from.interval(), USUAL_INTERVAL);
        if (interval.compareTo(minPeriod) < 0) {
            notes.add(
                    "it is evaluated every " + minPeriod + ", which is the shortest period, and not every " + interval);
            interval = minPeriod;
        }
        json.add("scope", query.scope().text())
                .add("groupBy", groupBy)
                .add("window", query.window().toString())
                .add("minSamples", query.minSamples())
                .add("evaluationPeriod", interval.toString())
                .add("for", duration(from.field("for"), Duration.ZERO).toString())
                .add(
                        "keepFiringFor",
                        duration(from.field("keep_firing_for"), Duration.ZERO).toString())
                // What Prometheus does: without a value there is no alert.
                .add("onNoData", "resolve");
        severity(json, from, notes);
        JsonObjectBuilder labels = JsonText.object();
        from.labels().forEach((name, value) -> {
            if (!name.equals(ExportedRule.SEVERITY)) {
                labels.add(name, plain("the label " + name, value, notes));
            }
        });
        json.add("labels", labels);
        SUMMARIES.stream()
                .map(from.annotations()::get)
                .filter(text -> text != null && !text.isBlank())
                .findFirst()
                .ifPresent(text -> json.add("messageTemplate", message(text, notes)));
        return json.build();
    }

    private static void severity(JsonObjectBuilder json, FileRule from, List<String> notes) {
        String word = from.labels().getOrDefault(ExportedRule.SEVERITY, Severity.WARNING.word());
        Severity severity = Severity.parse(word).orElseGet(() -> SEVERITIES.getOrDefault(word, Severity.WARNING));
        if (!severity.word().equals(word)) {
            notes.add("its severity " + word + " is taken for " + severity.word());
            if (!word.isEmpty() && word.length() <= 20) {
                json.add("severityWord", word);
            }
        }
        json.add("severity", severity.word());
    }

    private static String plain(String what, String value, List<String> notes) {
        if (TEMPLATE.matcher(value).find()) {
            notes.add(what + " is a template, which is not filled in here");
        }
        return value;
    }

    /** The sentence with the fields that messages have here. */
    private static String message(String text, List<String> notes) {
        StringBuilder message = new StringBuilder();
        Matcher matcher = TEMPLATE.matcher(text);
        int at = 0;
        while (matcher.find()) {
            message.append(braced(text.substring(at, matcher.start())));
            String inner =
                    matcher.group().substring(2, matcher.group().length() - 2).trim();
            if (inner.startsWith("$value")) {
                message.append("{value}");
            } else if (inner.matches("\\$labels\\.[a-zA-Z_]\\w*")) {
                message.append("{label.")
                        .append(inner.substring("$labels.".length()))
                        .append('}');
            } else if (inner.equals("$labels")) {
                message.append("{subject}");
            } else if (inner.equals("\"{{\"")) {
                message.append("{{{{");
            } else {
                notes.add("its message has " + matcher.group() + ", which is left out");
            }
            at = matcher.end();
        }
        return message.append(braced(text.substring(at))).toString();
    }

    /** Braces themselves are written twice. */
    private static String braced(String text) {
        return text.replaceAll("[\\r\\n\\t]+", " ").replace("{", "{{").replace("}", "}}");
    }
}
