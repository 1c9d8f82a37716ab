package org.ergograph.history.query;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.ergograph.history.names.SeriesFilter;
import org.ergograph.observation.Kind;
import org.ergograph.observation.TimeSource;
import org.ergograph.web.DatabaseCalls;
import org.jspecify.annotations.Nullable;

/** Figures of what the record has of a kind or a series, of all nodes. Thread-safe. */
@Singleton
public class RecordedCalls {
    private static final List<BigDecimal> PERCENTILES =
            List.of(BigDecimal.valueOf(50), BigDecimal.valueOf(95), BigDecimal.valueOf(99));

    private final History history;
    private final DatabaseCalls database;
    private final TimeSource time;

    @Inject
    RecordedCalls(History history, DatabaseCalls database, TimeSource time) {
        this.history = history;
        this.database = database;
        this.time = time;
    }

    /**
     * Adds up the rollups of the range.
     *
     * @param name the series' name, {@code GET /api/v1/servers} say; null for all of the kind
     * @param second the value of the kind's second attribute, {@link Kind#RUN} say; null for any
     * @param from inclusive
     * @param to exclusive
     * @return fails with a {@link org.ergograph.web.ProblemException} where the database does not answer in time
     */
    public CompletionStage<RecordedFigures> figures(
            Kind kind, @Nullable String name, @Nullable String second, Instant from, Instant to) {
        Map<String, String> attributes =
                second == null ? Map.of() : Map.of(kind.attributes().get(1), second);
        HistoryRequest request = request(new SeriesFilter(kind.label(), name, attributes), from, to)
                .groupedBy(Grouping.NONE);
        return database.run(() -> figures(history, request, time.now()));
    }

    /** Asks for what a {@link RecordedFigures} needs. */
    static HistoryRequest request(SeriesFilter series, Instant from, Instant to) {
        return new HistoryRequest(from, to, List.of(series), Grouping.SERIES, false, null, PERCENTILES, null, null);
    }

    static RecordedFigures figures(History history, HistoryRequest request, Instant now) throws SQLException {
        HistoryAnswer answer = history.answer(request, now);
        Instant from = answer.coveredFrom().orElse(request.from());
        Instant to = answer.coveredTo().orElse(request.to());
        return answer.items().isEmpty()
                ? RecordedFigures.none(from, to)
                : RecordedFigures.of(answer.items().get(0).points().get(0).figures(), from, to);
    }
}
