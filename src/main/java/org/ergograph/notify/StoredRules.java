package org.ergograph.notify;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.ergograph.alert.Rule;
import org.ergograph.alert.Severity;
import org.ergograph.web.JsonBody;
import org.ergograph.web.JsonText;
import org.ergograph.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * The rules that alerts had when they were written: an alert goes on as what it was, with the severity that it had, whatever
 * became of its rule meanwhile. Not thread-safe.
 */
final class StoredRules {
    /** Beside it there has to be room for the rest of an alert's details. */
    private static final int MAX_DEFINITION = 32_768;

    private final Known known;
    private final Map<String, Optional<Rule>> read = new HashMap<>();

    /** @param known what need not be read again */
    StoredRules(Known known) {
        this.known = known;
    }

    /** What is stored of an alert's rule; null if it is too long for that. */
    static @Nullable JsonObject json(Rule rule) {
        JsonObject definition = RuleJson.definition(rule).build();
        if (definition.toString().length() > MAX_DEFINITION) {
            return null;
        }
        return JsonText.object()
                .add("version", rule.version())
                .add("shipped", rule.shipped())
                .add("definition", definition)
                .build();
    }

    /** The rule of an alert; empty if there is none any more, and none was stored that this version understands. */
    Optional<Rule> of(AlertRow row) {
        Rule current = known.rules().get(row.ruleId);
        JsonObject details = JsonText.parse(row.details);
        JsonObject stored = details.get("rule") instanceof JsonObject object ? object : null;
        if (stored == null || (current != null && version(stored) == current.version())) {
            return Optional.ofNullable(current).map(rule -> severe(rule, row, details.getString("severityWord")));
        }
        Optional<Rule> found = read.computeIfAbsent(row.ruleId + " " + stored, key -> parse(row.ruleId, stored));
        return found.isPresent()
                ? found
                : Optional.ofNullable(current).map(rule -> severe(rule, row, details.getString("severityWord")));
    }

    private static long version(JsonObject stored) {
        return stored.get("version") instanceof JsonNumber number ? number.longValue() : -1;
    }

    private static Optional<Rule> parse(String id, JsonObject stored) {
        try {
            // What was accepted once stays valid whatever the bounds and channels are now.
            String definition = stored.getJsonObject("definition").toString();
            Rule rule = RuleJson.read(JsonBody.parse(definition), Duration.ofSeconds(1), channel -> true);
            boolean isShipped = JsonValue.TRUE.equals(stored.get("shipped"));
            return Optional.of(with(rule, id, version(stored), rule.severity(), rule.severityWord(), isShipped));
        } catch (ProblemException | IllegalArgumentException | ClassCastException | NullPointerException e) {
            return Optional.empty(); // another version of the application wrote it
        }
    }

    /** The severity of what it found last may be less than that of the rule. */
    private static Rule severe(Rule rule, AlertRow row, String word) {
        Severity severity = Severity.parse(row.severity).orElse(rule.severity());
        return with(rule, rule.id(), rule.version(), severity, word, rule.shipped());
    }

    private static Rule with(Rule rule, String id, long version, Severity severity, String word, boolean shipped) {
        return new Rule(
                id,
                version,
                rule.name(),
                severity,
                word,
                rule.enabled(),
                rule.query(),
                rule.timing(),
                rule.notice(),
                rule.labels(),
                shipped);
    }
}
