package org.ergograph.notify;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ergograph.alert.Dampening;
import org.ergograph.alert.Notice;
import org.ergograph.alert.OnNoData;
import org.ergograph.alert.Rule;
import org.ergograph.alert.RuleTiming;
import org.ergograph.alert.Severity;
import org.ergograph.alert.condition.Condition;
import org.ergograph.alert.condition.Query;
import org.ergograph.alert.condition.Scope;
import org.ergograph.alert.condition.Slo;
import org.ergograph.alert.routing.MessageTemplate;
import org.ergograph.settings.Threshold;
import org.ergograph.web.JsonBody;
import org.ergograph.web.JsonText;
import org.ergograph.web.ProblemException;
import org.jspecify.annotations.Nullable;

/** A rule as clients write and read it, which is also how it is stored. */
final class RuleJson {
    static final int MAX_NAME = 200;

    private static final int MAX_CONDITION = 2000;
    private static final int MOST = 64;
    private static final String THRESHOLDS =
            Arrays.stream(Threshold.values()).map(Threshold::label).collect(Collectors.joining(", "));
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]{0,63}");
    private static final String LABEL_FORM = "1 to 64 letters, digits and _, not beginning with a digit";
    private static final List<String> ON_NO_DATA = Arrays.stream(OnNoData.values())
            .map(each -> each.name().toLowerCase(Locale.ROOT))
            .toList();

    private final JsonBody body;
    private final Duration minPeriod;
    private final Predicate<String> channels;

    private RuleJson(JsonBody body, Duration minPeriod, Predicate<String> channels) {
        this.body = body;
        this.minPeriod = minPeriod;
        this.channels = channels;
    }

    /**
     * Reads and checks a rule, which has no id yet.
     *
     * @param channels which names of channels are known
     * @throws ProblemException 400 naming every fault
     */
    static Rule read(JsonBody body, Duration minPeriod, Predicate<String> channels) {
        return new RuleJson(body, minPeriod, channels).rule();
    }

    private Rule rule() {
        String name = body.text("name", 1, MAX_NAME);
        String word = body.oneOf("severity", Severity.WARNING.word(), Severity.WORDS);
        Severity severity = Severity.parse(word).orElseThrow();
        String given = severityWord(severity);
        boolean enabled = body.bool("enabled", true);
        Slo slo = slo();
        Condition condition = condition("condition", slo == null);
        Condition clear = condition("clearCondition", false);
        if (slo != null && condition != null) {
            body.fault("condition", condition.text(), "absent where there is an slo");
        }
        if (slo != null && clear != null) {
            body.fault("clearCondition", clear.text(), "absent where there is an slo");
        }
        Scope scope = parsed("scope", 300, Scope::new, Scope.SYSTEM);
        List<String> groupBy = labelNames("groupBy");
        Duration window = body.duration("window", Duration.ofMinutes(5), Duration.ofMinutes(1), Duration.ofDays(30));
        long minSamples = body.integer("minSamples", 1, 1, 1_000_000_000);
        RuleTiming timing = timing();
        Notice notice = notice();
        Map<String, String> labels = labels();
        Query query = query(condition, clear, scope, groupBy, window, minSamples, slo);
        body.check();
        return new Rule(
                "",
                0,
                name,
                severity,
                given == null ? word : given,
                enabled,
                Objects.requireNonNull(query),
                timing,
                notice,
                labels,
                false);
    }

    /** The word that a client has for the severity; it may not be the word of another. */
    private @Nullable String severityWord(Severity severity) {
        String given = body.optionalText("severityWord", 1, 20);
        if (given != null && severity.contradicts(given)) {
            body.fault("severityWord", given, "absent, or a word for the severity " + severity.word());
        }
        return given;
    }

    private @Nullable Query query(
            @Nullable Condition condition,
            @Nullable Condition clear,
            Scope scope,
            List<String> groupBy,
            Duration window,
            long minSamples,
            @Nullable Slo slo) {
        if ((condition == null) == (slo == null) || (slo != null && clear != null)) {
            return null; // told already
        }
        try {
            return new Query(condition, clear, scope, groupBy, window, minSamples, slo);
        } catch (IllegalArgumentException e) {
            body.fault("groupBy", String.join(", ", groupBy), "as said here: " + e.getMessage());
            return null;
        }
    }

    private @Nullable Condition condition(String field, boolean required) {
        String text = required ? body.text(field, 1, MAX_CONDITION) : body.optionalText(field, 1, MAX_CONDITION);
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            Condition condition = Condition.parse(text);
            for (String name : condition.thresholds()) {
                if (Threshold.named(name).isEmpty()) {
                    body.fault(field, "threshold(\"" + name + "\")", "a threshold: " + THRESHOLDS);
                }
            }
            return condition;
        } catch (IllegalArgumentException e) {
            body.fault(field, text, "an expression: " + e.getMessage());
            // Something that can be built on, so that the other faults are told too.
            return Condition.parse("count > 0");
        }
    }

    private <T> T parsed(String field, int maxLength, Function<String, T> parse, T otherwise) {
        String text = body.optionalText(field, 1, maxLength);
        if (text == null) {
            return otherwise;
        }
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            body.fault(field, text, "as said here: " + e.getMessage());
            return otherwise;
        }
    }

    private @Nullable Slo slo() {
        JsonBody slo = body.object("slo");
        if (slo == null) {
            return null;
        }
        double objective = slo.decimal("objective", Double.NaN, 0, 1);
        if (!slo.has("objective")) {
            slo.fault("objective", null, "a number between 0 and 1, both exclusive");
        } else if (objective == 0 || objective == 1) {
            slo.fault("objective", Double.toString(objective), "a number between 0 and 1, both exclusive");
        }
        Duration window = slo.duration("window", Duration.ofDays(30), Duration.ofDays(1), Duration.ofDays(90));
        return new Slo(objective > 0 && objective < 1 ? objective : 0.5, window);
    }

    private RuleTiming timing() {
        Duration otherwise = minPeriod.compareTo(Duration.ofMinutes(1)) > 0 ? minPeriod : Duration.ofMinutes(1);
        return new RuleTiming(
                body.duration("evaluationPeriod", otherwise, minPeriod, Duration.ofHours(1)),
                body.duration("for", Duration.ZERO, Duration.ZERO, WEEK),
                body.duration("keepFiringFor", Duration.ZERO, Duration.ZERO, WEEK),
                dampening(),
                OnNoData.valueOf(body.oneOf("onNoData", "keep", ON_NO_DATA).toUpperCase(Locale.ROOT)),
                body.bool("autoResolve", true));
    }

    private @Nullable Dampening dampening() {
        JsonBody firingOf = body.object("firingOf");
        if (firingOf == null) {
            return null;
        }
        int n = firingOf.integer("n", 1, 1, MOST);
        if (!firingOf.has("n")) {
            firingOf.fault("n", null, "a whole number from 1 to " + MOST);
        }
        if (firingOf.has("within") == firingOf.has("m")) {
            firingOf.fault("m", null, "there, or within, and not both");
            firingOf.integer("m", n, 1, MOST);
            firingOf.duration("within", WEEK, Duration.ofSeconds(1), WEEK);
            return null;
        }
        return firingOf.has("within")
                ? new Dampening(n, 0, firingOf.duration("within", WEEK, Duration.ofSeconds(1), WEEK))
                : new Dampening(n, firingOf.integer("m", n, n, MOST), null);
    }

    private Notice notice() {
        List<String> names = body.has("channels") ? body.texts("channels", 10, 64) : List.of("log");
        if (names.isEmpty()) {
            body.fault("channels", "empty", "the names of 1 to 10 channels");
        }
        for (String name : names) {
            if (!channels.test(name)) {
                body.fault("channels", name, "the name of a channel that there is");
            }
        }
        String template = body.optionalText("messageTemplate", 0, MessageTemplate.MAX_LENGTH);
        if (template != null) {
            try {
                MessageTemplate.parse(template);
            } catch (IllegalArgumentException e) {
                body.fault("messageTemplate", template, "as said here: " + e.getMessage());
            }
        }
        return new Notice(
                names.stream().distinct().toList(),
                template == null ? "" : template,
                body.duration("cooldown", Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofHours(2)),
                body.duration("escalation", Duration.ofMinutes(30), Duration.ZERO, WEEK));
    }

    private List<String> labelNames(String field) {
        List<String> names = new ArrayList<>();
        for (String name : body.texts(field, 8, 64)) {
            if (LABEL.matcher(name).matches()) {
                names.add(name);
            } else {
                body.fault(field, name, LABEL_FORM);
            }
        }
        return names.stream().distinct().toList();
    }

    private Map<String, String> labels() {
        Map<String, String> labels = body.textMap("labels", 32, 200);
        for (String name : labels.keySet()) {
            if (!LABEL.matcher(name).matches()) {
                body.fault("labels." + name, labels.get(name), "called by " + LABEL_FORM);
            }
        }
        return labels;
    }

    /** What a client may write. */
    static JsonObjectBuilder definition(Rule rule) {
        Query query = rule.query();
        JsonObjectBuilder json = JsonText.object()
                .add("name", rule.name())
                .add("enabled", rule.enabled())
                .add("severity", rule.severity().word())
                .add("severityWord", rule.severityWord());
        addText(json, "condition", text(query.condition()));
        addText(json, "clearCondition", text(query.clearCondition()));
        Slo slo = query.slo();
        if (slo == null) {
            json.addNull("slo");
        } else {
            json.add(
                    "slo",
                    JsonText.object()
                            .add("objective", slo.objective())
                            .add("window", slo.window().toString()));
        }
        json.add("scope", query.scope().text())
                .add("groupBy", texts(query.groupBy()))
                .add("window", query.window().toString())
                .add("minSamples", query.minSamples());
        addTiming(json, rule.timing());
        JsonObjectBuilder labels = JsonText.object();
        new TreeMap<>(rule.labels()).forEach(labels::add);
        return json.add("channels", texts(rule.notice().channels()))
                .add("messageTemplate", rule.notice().messageTemplate())
                .add("cooldown", rule.notice().cooldown().toString())
                .add("escalation", rule.notice().escalation().toString())
                .add("labels", labels);
    }

    private static void addTiming(JsonObjectBuilder json, RuleTiming timing) {
        json.add("evaluationPeriod", timing.evaluationPeriod().toString())
                .add("for", timing.hold().toString())
                .add("keepFiringFor", timing.keepFiringFor().toString())
                .add("onNoData", timing.onNoData().name().toLowerCase(Locale.ROOT))
                .add("autoResolve", timing.autoResolve());
        Dampening dampening = timing.dampening();
        if (dampening == null) {
            json.addNull("firingOf");
        } else {
            JsonObjectBuilder firingOf = JsonText.object().add("n", dampening.n());
            Duration within = dampening.within();
            json.add(
                    "firingOf",
                    within == null ? firingOf.add("m", dampening.m()) : firingOf.add("within", within.toString()));
        }
    }

    /** A rule as it is answered. */
    static JsonObject json(Rule rule) {
        return definition(rule)
                .add("id", rule.id())
                .add("version", rule.version())
                .add("shipped", rule.shipped())
                .build();
    }

    private static @Nullable String text(@Nullable Condition condition) {
        return condition == null ? null : condition.text();
    }

    private static void addText(JsonObjectBuilder json, String field, @Nullable String text) {
        if (text == null) {
            json.addNull(field);
        } else {
            json.add(field, text);
        }
    }

    private static JsonArrayBuilder texts(Collection<String> texts) {
        JsonArrayBuilder array = JsonText.array();
        texts.forEach(array::add);
        return array;
    }
}
