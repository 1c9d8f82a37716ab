package org.ergograph.history;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.ergograph.observation.Kind;
import org.ergograph.web.DatabaseCalls;
import org.jspecify.annotations.Nullable;

/** Figures of what the audit log has of a kind or a series. Thread-safe. */
@Singleton
public class RecordedCalls {
    /** How many rows are looked at, at most: the newest of the range. */
    public static final int MAX_ROWS = 100_000;

    private final JpaAuditLog log;
    private final DatabaseCalls database;

    @Inject
    RecordedCalls(JpaAuditLog log, DatabaseCalls database) {
        this.log = log;
        this.database = database;
    }

    /**
     * Looks at the newest {@value #MAX_ROWS} rows of the range.
     *
     * @param name the series' name, {@code GET /api/v1/servers} say; null for all of the kind
     * @param second the value of the kind's second attribute, {@link Kind#RUN} say; null for any
     * @param from inclusive
     * @param to exclusive
     * @return fails with a {@link org.ergograph.web.ProblemException} where the database does not answer in time
     */
    public CompletionStage<RecordedFigures> figures(
            Kind kind, @Nullable String name, @Nullable String second, Instant from, Instant to) {
        return database.run(() -> log.figures(kind, name, second, from, to, MAX_ROWS));
    }
}
