package org.ergograph.history.query;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.ergograph.history.names.Dictionary;
import org.ergograph.history.names.SeriesRow;
import org.ergograph.history.rollup.RollupSettings;
import org.ergograph.history.rollup.Tier;
import org.ergograph.web.ProblemException;

/** Answers questions about the past from the rollups. Thread-safe. */
@Singleton
class History {
    /** How many series may be added up, and how many groups of them there may be. */
    static final int MAX_SERIES = 10_000;

    static final int MAX_ITEMS = 1000;

    private final Dictionary dictionary;
    private final RollupRows rollups;
    private final Map<Tier, Duration> retention;

    @Inject
    History(Dictionary dictionary, RollupRows rollups, RollupSettings settings) {
        this.dictionary = dictionary;
        this.rollups = rollups;
        this.retention = settings.retention();
    }

    /**
     * The figures that are asked for.
     *
     * @throws ProblemException if the request goes over a limit
     */
    HistoryAnswer answer(HistoryRequest request, Instant now) throws SQLException {
        List<Piece> pieces = pieces(request, now);
        List<SeriesRow> series = series(request);
        OptionalInt node = request.node() == null ? OptionalInt.empty() : dictionary.node(request.node());
        if (series.isEmpty() || (request.node() != null && node.isEmpty())) {
            return new HistoryAnswer(request, pieces, now, null, List.of());
        }
        Map<Integer, SeriesRow> byNumber = new LinkedHashMap<>();
        series.forEach(row -> byNumber.put(row.number, row));
        Instant since = rollups.since(byNumber.keySet()).orElse(null);
        if (pieces.isEmpty()) {
            return new HistoryAnswer(request, pieces, now, since, List.of());
        }
        Cells cells = new Cells(request, byNumber, pieces);
        rollups.read(pieces, byNumber.keySet(), row -> {
            if (node.isEmpty() || row.node() == node.getAsInt()) {
                cells.add(row);
            }
        });
        return new HistoryAnswer(request, pieces, now, since, cells.items(dictionary.nodes(cells.nodes())));
    }

    private List<SeriesRow> series(HistoryRequest request) {
        boolean apart = request.grouping() == Grouping.SERIES || request.grouping() == Grouping.NAME;
        int most = apart ? MAX_ITEMS : MAX_SERIES;
        List<SeriesRow> series = dictionary.series(request.series(), most + 1);
        if (series.size() > most) {
            throw ProblemException.unprocessable(
                    "groupBy",
                    request.grouping().word(),
                    apart
                            ? "kind, node or none, or fewer series be asked for: more than " + most + " match"
                            : "of fewer series: more than " + most + " match");
        }
        return series;
    }

    /** Whether what makes up this step is held back to this moment. */
    boolean holds(Duration step, Instant from, Instant now) {
        return new Tiers(retention, now).forStep(step, from).isPresent();
    }

    /** Which tiers answer which parts of the range. */
    List<Piece> pieces(HistoryRequest request, Instant now) {
        Tiers tiers = new Tiers(retention, now);
        Tier tier = request.tier();
        Duration step = request.step();
        if (tier == null) {
            if (step == null) {
                return tiers.cover(request.from(), request.to());
            }
            tier = tierOf(step, request, tiers);
        }
        if (step != null && !Tiers.isMultiple(step, tier)) {
            throw ProblemException.badField(
                    "step", step.toString(), "a multiple of " + tier.length() + ", the interval of the tier");
        }
        if (!request.to().isAfter(tiers.since(tier))) {
            throw ProblemException.badField(
                    "to",
                    request.to().toString(),
                    "after " + tiers.since(tier) + ": the tier " + HistoryRequest.word(tier) + " is kept for "
                            + retention.get(tier));
        }
        return tiers.cover(tier, step == null ? tier.length() : step, request.from(), request.to()).stream()
                .toList();
    }

    private static Tier tierOf(Duration step, HistoryRequest request, Tiers tiers) {
        Tier finest = tiers.finest(request.from());
        return tiers.forStep(step, request.from())
                .orElseThrow(() -> ProblemException.badField(
                        "step",
                        step.toString(),
                        "a multiple of " + finest.length() + " for a range that begins at " + request.from()
                                + ": what is finer is kept since " + tiers.sinceFinerThan(finest)));
    }
}
