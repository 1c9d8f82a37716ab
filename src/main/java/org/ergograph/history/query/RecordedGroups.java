package org.ergograph.history.query;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ergograph.history.names.Dictionary;
import org.ergograph.history.names.SeriesRow;
import org.ergograph.history.rollup.RollupRow;
import org.ergograph.history.rollup.RollupSettings;
import org.ergograph.window.Distribution;
import org.ergograph.window.DistributionAdder;
import org.ergograph.window.ValueAdder;
import org.ergograph.window.ValueDistribution;

/**
 * Everything that was recorded within a range, by series and node: for whoever looks at all of it at once. Remembers which series
 * there are. Thread-safe; blocks on the database.
 */
@Singleton
public class RecordedGroups {
    /** How many series are looked at; those registered later are left out. */
    static final int MAX_SERIES = 100_000;

    /** So many rows of a group wait to be added up together. */
    private static final int WAITING = 16;

    /** Takes the groups, each once. */
    public interface Taker {
        /** What was observed of a series on a node. */
        void observed(SeriesRow series, String node, Distribution durations);

        /** What was sampled; the attributes of the series are name and unit. */
        void sampled(SeriesRow series, String node, ValueDistribution values);
    }

    /**
     * What a range became.
     *
     * @param from inclusive, at a boundary of the finest figures that are held
     * @param to exclusive, not later than now
     */
    public record Covered(Instant from, Instant to) {}

    /** That the database did not answer. */
    public static final class UnreadableException extends RuntimeException {
        UnreadableException(SQLException cause) {
            super(cause);
        }
    }

    private record Source(int series, int node) {}

    /** Rows of one series and node, most of them added up. */
    private static final class Sum {
        final List<RollupRow> rows = new ArrayList<>(WAITING);
        Distribution durations = Distribution.empty();
        ValueDistribution values = ValueDistribution.empty();
    }

    private final Dictionary dictionary;
    private final RollupRows rollups;
    private final RollupSettings settings;
    private final Map<Integer, SeriesRow> known = new LinkedHashMap<>();
    private int newest;

    @Inject
    RecordedGroups(Dictionary dictionary, RollupRows rollups, RollupSettings settings) {
        this.dictionary = dictionary;
        this.rollups = rollups;
        this.settings = settings;
    }

    /**
     * Gives what was recorded within the range.
     *
     * @return what the range became, rounded outwards; empty if nothing is held so far back
     * @throws UnreadableException if the database does not answer
     */
    public Optional<Covered> read(Instant from, Instant to, Instant now, Taker taker) {
        Tiers tiers = new Tiers(settings.retention(), now);
        List<Piece> pieces = tiers.cover(from, to);
        if (pieces.isEmpty() || tiers.since().isAfter(from)) {
            return Optional.empty();
        }
        Map<Integer, SeriesRow> series = series();
        Map<Source, Sum> sums = new HashMap<>();
        Set<Integer> nodes = new HashSet<>();
        DistributionAdder durations = new DistributionAdder();
        ValueAdder values = new ValueAdder();
        try {
            rollups.read(pieces, series.keySet(), row -> {
                nodes.add(row.node());
                Sum sum = sums.computeIfAbsent(new Source(row.series(), row.node()), source -> new Sum());
                sum.rows.add(row);
                if (sum.rows.size() == WAITING) {
                    add(sum, durations, values);
                }
            });
        } catch (SQLException e) {
            throw new UnreadableException(e);
        }
        Map<Integer, String> names = dictionary.nodes(nodes);
        sums.forEach((source, sum) -> {
            add(sum, durations, values);
            SeriesRow row = series.get(source.series());
            String node = names.getOrDefault(source.node(), "?");
            if (row != null && sum.durations.count() > 0) {
                taker.observed(row, node, sum.durations);
            }
            if (row != null && sum.values.count() > 0) {
                taker.sampled(row, node, sum.values);
            }
        });
        Instant end = pieces.get(pieces.size() - 1).to();
        return Optional.of(new Covered(pieces.get(0).from(), end.isAfter(now) ? now : end));
    }

    private static void add(Sum sum, DistributionAdder durations, ValueAdder values) {
        durations.add(sum.durations);
        values.add(sum.values);
        sum.rows.forEach(row -> {
            row.addTo(durations);
            row.addTo(values);
        });
        sum.durations = durations.take();
        sum.values = values.take();
        sum.rows.clear();
    }

    private synchronized Map<Integer, SeriesRow> series() {
        if (known.size() < MAX_SERIES) {
            // Numbers are given in the order of commits: what is new has a greater one.
            for (SeriesRow row : dictionary.seriesBeyond(newest, MAX_SERIES - known.size())) {
                known.put(row.number, row);
                newest = row.number;
            }
        }
        return Map.copyOf(known);
    }
}
