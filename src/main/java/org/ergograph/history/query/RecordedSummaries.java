package org.ergograph.history.query;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.ergograph.history.names.SeriesFilter;
import org.ergograph.history.names.SeriesRow;
import org.ergograph.history.query.HistoryAnswer.Item;
import org.ergograph.history.query.HistoryAnswer.Point;
import org.ergograph.observation.Kind;
import org.ergograph.observation.TimeSource;
import org.ergograph.web.DatabaseCalls;

/** Sums up the last hours from the rollups. Thread-safe. */
@Singleton
public class RecordedSummaries {
    /** How far back they go at most. */
    public static final int MAX_HOURS = 730 * 24;

    /** Points of a trend: few enough that all pairs can be looked at. */
    private static final List<Duration> STEPS =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(15), Duration.ofHours(1), Duration.ofDays(1));

    private static final int MOST_POINTS = 200;

    private final History history;
    private final DatabaseCalls database;
    private final TimeSource time;

    @Inject
    RecordedSummaries(History history, DatabaseCalls database, TimeSource time) {
        this.history = history;
        this.database = database;
        this.time = time;
    }

    /**
     * The summary of so many hours up to now.
     *
     * @param hours from 1 to {@link #MAX_HOURS}
     * @return fails with a {@link org.ergograph.web.ProblemException} where the database does not answer in time
     */
    public CompletionStage<RecordedSummary> last(int hours) {
        return database.run(() -> of(history, hours, time.now()));
    }

    static RecordedSummary of(History history, int hours, Instant now) throws SQLException {
        Instant from = now.minus(Duration.ofHours(hours));
        HistoryRequest asked = RecordedCalls.request(new SeriesFilter(null, null, Map.of()), from, now);
        HistoryAnswer answer = history.answer(asked.groupedBy(Grouping.KIND), now);
        Instant first = answer.coveredFrom().orElse(from);
        Map<Kind, RecordedFigures> byKind = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            byKind.put(kind, RecordedFigures.none(first, now));
        }
        for (Item item : answer.items()) {
            Kind.parse(String.valueOf(item.group().kind()))
                    .ifPresent(kind -> byKind.put(
                            kind, RecordedFigures.of(item.points().get(0).figures(), first, now)));
        }
        return new RecordedSummary(first, now, answer.since(), byKind, metrics(history, from, now));
    }

    private static List<RecordedMetric> metrics(History history, Instant from, Instant now) throws SQLException {
        HistoryRequest asked = RecordedCalls.request(new SeriesFilter(SeriesRow.SAMPLE, null, Map.of()), from, now);
        HistoryAnswer whole = history.answer(asked, now);
        HistoryAnswer points = history.answer(asked.by(step(history, from, now)), now);
        List<RecordedMetric> metrics = new ArrayList<>();
        for (Item item : whole.items()) {
            List<Point> ofItem = points.items().stream()
                    .filter(other -> other.group().equals(item.group()))
                    .map(Item::points)
                    .findFirst()
                    .orElse(item.points());
            metrics.add(metric(item, ofItem));
        }
        return metrics;
    }

    /** The shortest step whose points are not too many and still held. */
    private static Duration step(History history, Instant from, Instant now) {
        for (Duration step : STEPS) {
            if (Duration.between(from, now).dividedBy(step) <= MOST_POINTS && history.holds(step, from, now)) {
                return step;
            }
        }
        return STEPS.get(STEPS.size() - 1);
    }

    private static RecordedMetric metric(Item item, List<Point> points) {
        Figures figures = item.points().get(0).figures();
        List<Trend.Point> means = points.stream()
                .map(point -> new Trend.Point(
                        point.from().getEpochSecond(), point.figures().mean()))
                .toList();
        return new RecordedMetric(
                String.valueOf(item.group().name()),
                item.group().unit(),
                figures.count(),
                points.get(points.size() - 1).figures().mean(),
                figures.mean(),
                figures.min(),
                figures.max(),
                figures.standardDeviation(),
                Trend.of(means, figures.count()));
    }
}
