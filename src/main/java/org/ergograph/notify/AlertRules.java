package org.ergograph.notify;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.ergograph.alert.Rule;
import org.ergograph.database.TimeOrderedIds;
import org.ergograph.notify.delivery.Channels;
import org.ergograph.observation.TimeSource;
import org.ergograph.web.DatabaseCalls;
import org.ergograph.web.JsonBody;
import org.ergograph.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * The rules. Every stage fails with a {@link ProblemException}: what is wrong with the wish, or 503 where the database does not
 * answer in time. Changes take effect at the next evaluation, on whichever node evaluates. Thread-safe.
 */
@Singleton
public class AlertRules {
    /** Names of channels that shipped rules speak of, whether there is such a channel or not: what has none goes to the log. */
    private static final Set<String> SHIPPED_CHANNELS = Set.of("log", "email", "slack", "webhook");

    private static final String WHAT = "rule";

    private final DatabaseCalls database;
    private final Definitions definitions;
    private final Channels channels;
    private final AlertingSettings settings;
    private final TimeSource time;
    private final TimeOrderedIds ids;

    @Inject
    AlertRules(
            DatabaseCalls database,
            Definitions definitions,
            Channels channels,
            AlertingSettings settings,
            TimeSource time) {
        this.database = database;
        this.definitions = definitions;
        this.channels = channels;
        this.settings = settings;
        this.time = time;
        this.ids = new TimeOrderedIds(() -> time.now().toEpochMilli());
    }

    /**
     * Reads and checks a rule as clients write it, to be tried and not to be kept: it has no id, and its channels are whatever
     * they are. Asks no database.
     *
     * @throws ProblemException 400 naming every fault
     */
    public Rule tried(JsonBody body) {
        return RuleJson.read(body, settings.minPeriod(), channel -> true);
    }

    /**
     * Reads and checks a rule of a file; it has no id yet. Asks no database, and so knows of the channels what this node knew a
     * moment ago.
     *
     * @throws ProblemException 400 naming every fault
     */
    public Rule parse(JsonBody body) {
        return RuleJson.read(
                body,
                settings.minPeriod(),
                name -> SHIPPED_CHANNELS.contains(name) || channels.policy(name).isPresent());
    }

    /** For a thread that may wait for the database. */
    private Rule read(JsonBody body, List<String> before) {
        return RuleJson.read(
                body,
                settings.minPeriod(),
                name -> SHIPPED_CHANNELS.contains(name) || before.contains(name) || isChannel(name));
    }

    /** One that was made on another node just now is not known here yet. */
    private boolean isChannel(String name) {
        if (channels.policy(name).isEmpty()) {
            channels.refresh();
        }
        return channels.policy(name).isPresent();
    }

    /** All rules, in the order of their ids. */
    public CompletionStage<List<Rule>> all() {
        return database.run(
                () -> definitions.all(RuleRow.class).stream().map(RuleRow::rule).toList());
    }

    /** A page of rules, and one more if there are more. */
    CompletionStage<List<Rule>> list(Map<String, Object> equal, @Nullable String after, int limit) {
        return database.run(() -> definitions.list(RuleRow.class, equal, after, limit).stream()
                .map(RuleRow::rule)
                .toList());
    }

    /** The rule with this id; 404 if there is none. */
    public CompletionStage<Rule> get(String id) {
        return database.run(() -> definitions
                .get(RuleRow.class, id)
                .map(RuleRow::rule)
                .orElseThrow(() -> ProblemException.notFound(WHAT, id)));
    }

    /** Adds a rule; 409 if its name is taken. */
    public CompletionStage<Rule> create(Rule rule) {
        return database.act(WHAT, "create", () -> insert(rule), Rule::name);
    }

    /** Adds a rule as clients write it; 400 naming every fault, 409 if its name is taken. */
    public CompletionStage<Rule> create(JsonBody body) {
        return database.act(WHAT, "create", () -> insert(read(body, List.of())), Rule::name);
    }

    private Rule insert(Rule rule) {
        RuleRow row = new RuleRow(ids.next(), false, rule, time.now());
        return definitions
                .insert(row)
                .orProblem(WHAT, row.id(), "*", rule.name())
                .rule();
    }

    /**
     * Makes the rule with this id like this one; 404, 409 if the name is taken.
     *
     * @param ifMatch which version is meant, as in the header {@code If-Match}; {@code *} means any; otherwise 412
     */
    public CompletionStage<Rule> change(String id, String ifMatch, Rule rule) {
        return database.act(WHAT, "change", () -> update(id, ifMatch, rule), Rule::name);
    }

    /**
     * The same of a rule as clients write it; 400 naming every fault. A channel that it names already need not be there any
     * more.
     */
    public CompletionStage<Rule> change(String id, String ifMatch, JsonBody body) {
        return database.act(
                WHAT,
                "change",
                () -> {
                    List<String> before = definitions
                            .get(RuleRow.class, id)
                            .map(row -> row.rule().channels())
                            .orElse(List.of());
                    return update(id, ifMatch, read(body, before));
                },
                Rule::name);
    }

    private Rule update(String id, String ifMatch, Rule rule) {
        return definitions
                .update(RuleRow.class, id, ifMatch, rule.name(), row -> row.change(rule, time.now()))
                .orProblem(WHAT, id, ifMatch, rule.name())
                .rule();
    }

    /** Removes a rule; its alerts end. 404, 412, and 409 if it came with the product. */
    public CompletionStage<Rule> delete(String id, String ifMatch) {
        return database.act(
                WHAT,
                "delete",
                () -> definitions
                        .delete(RuleRow.class, id, ifMatch)
                        .orProblem(WHAT, id, ifMatch, null)
                        .rule(),
                Rule::name);
    }

    /** What a client may write of the rule; {@link #parse} makes the same rule of it. */
    public JsonObject definition(Rule rule) {
        return RuleJson.definition(rule).build();
    }

    /** The rule as it is answered: what a client may write, with its id and version. */
    public JsonObject json(Rule rule) {
        return RuleJson.json(rule);
    }

    /** The shortest evaluation period that a rule may have. */
    public Duration minPeriod() {
        return settings.minPeriod();
    }
}
