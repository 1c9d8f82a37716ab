package org.ergograph.notify;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.ergograph.alert.routing.Silence;
import org.ergograph.database.TimeOrderedIds;
import org.ergograph.observation.TimeSource;
import org.ergograph.web.DatabaseCalls;
import org.ergograph.web.JsonBody;
import org.ergograph.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * The silences. Every stage fails with a {@link ProblemException}: what is wrong with the wish, or 503 where the database does
 * not answer in time. Changes take effect within a second, on whichever node evaluates. Thread-safe.
 */
@Singleton
public class Silences {
    private static final String WHAT = "silence";

    private final DatabaseCalls database;
    private final Definitions definitions;
    private final TimeSource time;
    private final TimeOrderedIds ids;

    @Inject
    Silences(DatabaseCalls database, Definitions definitions, TimeSource time) {
        this.database = database;
        this.definitions = definitions;
        this.time = time;
        this.ids = new TimeOrderedIds(() -> time.now().toEpochMilli());
    }

    /**
     * Reads and checks a silence as clients write it; it gets a new id. Asks no database.
     *
     * @throws ProblemException 400 naming every fault
     */
    public Silence parse(JsonBody body) {
        return SilenceJson.read(ids.next(), body, time.now());
    }

    /** Adds a silence, and answers it as JSON, its {@code id} and {@code version} among it. */
    public CompletionStage<JsonObject> create(Silence silence) {
        return act(
                "create",
                () -> definitions.insert(new SilenceRow(silence, time.now())).orProblem(WHAT, silence.id(), "*", null));
    }

    /** A page in the order of the ids, and one more if there are more. */
    CompletionStage<List<JsonObject>> list(@Nullable String after, int limit) {
        return database.run(() -> definitions.list(SilenceRow.class, Map.of(), after, limit).stream()
                .map(this::json)
                .toList());
    }

    /** The silence with this id as JSON; 404 if there is none. */
    public CompletionStage<JsonObject> get(String id) {
        return database.run(() -> definitions
                .get(SilenceRow.class, id)
                .map(this::json)
                .orElseThrow(() -> ProblemException.notFound(WHAT, id)));
    }

    /** Makes the silence with this id like this one; 404, 412. */
    public CompletionStage<JsonObject> change(String id, String ifMatch, Silence silence) {
        return act(
                "change",
                () -> definitions
                        .update(SilenceRow.class, id, ifMatch, null, row -> row.change(silence, time.now()))
                        .orProblem(WHAT, id, ifMatch, null));
    }

    /** Ends the silence now; 404, 412. */
    public CompletionStage<JsonObject> expire(String id, String ifMatch) {
        return act(
                "end",
                () -> definitions
                        .update(SilenceRow.class, id, ifMatch, null, row -> row.expire(time.now()))
                        .orProblem(WHAT, id, ifMatch, null));
    }

    private CompletionStage<JsonObject> act(String action, Supplier<SilenceRow> change) {
        return database.act(WHAT, action, () -> json(change.get()));
    }

    private JsonObject json(SilenceRow row) {
        return SilenceJson.json(row, time.now());
    }
}
