package org.ergograph.notify;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.ergograph.alert.Rule;
import org.ergograph.alert.routing.Inhibition;
import org.ergograph.alert.routing.InhibitionCycles;
import org.ergograph.database.TimeOrderedIds;
import org.ergograph.observation.TimeSource;
import org.ergograph.web.DatabaseCalls;
import org.ergograph.web.JsonBody;
import org.ergograph.web.ProblemException;
import org.jspecify.annotations.Nullable;

/** Which alerts hide which, as people defined it. Stages fail with a {@link ProblemException}. Thread-safe. */
@Singleton
class InhibitionRules {
    private static final String WHAT = "inhibition";

    private final DatabaseCalls database;
    private final Definitions definitions;
    private final TimeSource time;
    private final TimeOrderedIds ids;

    @Inject
    InhibitionRules(DatabaseCalls database, Definitions definitions, TimeSource time) {
        this.database = database;
        this.definitions = definitions;
        this.time = time;
        this.ids = new TimeOrderedIds(() -> time.now().toEpochMilli());
    }

    /** @throws ProblemException 400 naming every fault */
    Inhibition parse(JsonBody body) {
        return InhibitionRow.read(ids.next(), body);
    }

    CompletionStage<List<JsonObject>> list(@Nullable String after, int limit) {
        return database.run(() -> definitions.list(InhibitionRow.class, Map.of(), after, limit).stream()
                .map(InhibitionRow::json)
                .toList());
    }

    CompletionStage<JsonObject> get(String id) {
        return database.run(() -> definitions
                .get(InhibitionRow.class, id)
                .map(InhibitionRow::json)
                .orElseThrow(() -> ProblemException.notFound(WHAT, id)));
    }

    /** 409 if the name is taken, 422 if alerts would hide each other in a circle. */
    CompletionStage<JsonObject> create(Inhibition inhibition) {
        return act("create", () -> {
            requireNoCycle(inhibition);
            return definitions
                    .insert(new InhibitionRow(inhibition, time.now()))
                    .orProblem(WHAT, inhibition.id(), "*", inhibition.name())
                    .json();
        });
    }

    CompletionStage<JsonObject> change(String id, String ifMatch, Inhibition given) {
        Inhibition inhibition = new Inhibition(id, given.name(), given.source(), given.target(), given.equal());
        return act("change", () -> {
            requireNoCycle(inhibition);
            return definitions
                    .update(
                            InhibitionRow.class,
                            id,
                            ifMatch,
                            inhibition.name(),
                            row -> row.change(inhibition, time.now()))
                    .orProblem(WHAT, id, ifMatch, inhibition.name())
                    .json();
        });
    }

    CompletionStage<JsonObject> delete(String id, String ifMatch) {
        return act(
                "delete",
                () -> definitions
                        .delete(InhibitionRow.class, id, ifMatch)
                        .orProblem(WHAT, id, ifMatch, null)
                        .json());
    }

    private CompletionStage<JsonObject> act(String action, Callable<JsonObject> work) {
        return database.act(WHAT, action, work, inhibition -> inhibition.getString("name"));
    }

    private void requireNoCycle(Inhibition inhibition) {
        List<Inhibition> all = new ArrayList<>(List.of(inhibition));
        definitions.all(InhibitionRow.class).stream()
                .map(InhibitionRow::inhibition)
                .filter(each -> !each.id().equals(inhibition.id()))
                .forEach(all::add);
        List<Rule> rules =
                definitions.all(RuleRow.class).stream().map(RuleRow::rule).toList();
        InhibitionCycles.find(rules, all).ifPresent(cycle -> {
            throw ProblemException.unprocessable(
                    "targetMatchers",
                    String.join(" hides ", cycle),
                    "such that rules do not hide each other in a circle");
        });
    }
}
