package org.ergograph.history.query;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.ergograph.history.names.Dictionary;
import org.ergograph.history.names.SeriesFilter;
import org.ergograph.history.names.SeriesRow;
import org.ergograph.history.rollup.RollupQuery;
import org.ergograph.history.rollup.RollupReader;
import org.ergograph.history.rollup.RollupRow;
import org.ergograph.history.rollup.RollupSettings;

/** The record interval by interval, in the order of time, at the finest tiers that still hold it. Thread-safe. */
@Singleton
public class RecordedIntervals {
    private final Dictionary dictionary;
    private final RollupRows rollups;
    private final RollupSettings settings;

    @Inject
    RecordedIntervals(Dictionary dictionary, RollupRows rollups, RollupSettings settings) {
        this.dictionary = dictionary;
        this.rollups = rollups;
        this.settings = settings;
    }

    /** Reads by this dictionary and this data source; for tests and benchmarks. */
    public RecordedIntervals(Dictionary dictionary, DataSource dataSource, RollupSettings settings) {
        this(dictionary, new RollupRows(dataSource, new RollupReader(), Duration.ofSeconds(30)), settings);
    }

    /**
     * Which tiers hold which parts of the range, the finest each. What is older than anything held and what is to come is left
     * out; the ends are rounded outwards.
     *
     * @return in order, without gap or overlap; empty if nothing of the range is left
     */
    public List<Piece> pieces(Instant from, Instant to, Instant now) {
        return List.copyOf(new Tiers(settings.retention(), now).finestPieces(from, to));
    }

    /** The series that any of the filters takes, at most so many; asks the database. */
    public List<SeriesRow> series(Collection<SeriesFilter> filters, int most) {
        return dictionary.series(filters, most);
    }

    /** The names of the nodes with these numbers; asks the database. */
    public Map<Integer, String> nodes(Collection<Integer> numbers) {
        return dictionary.nodes(numbers);
    }

    /**
     * Gives the rows of these series in the piece, by start, then series, then node. There may be several of one series, node
     * and interval.
     *
     * @throws PersistenceException if the database does not answer
     */
    public void read(Piece piece, Collection<Integer> series, Consumer<RollupRow> taker) {
        try {
            rollups.read(List.of(piece), series, RollupQuery.Order.TIME, taker);
        } catch (SQLException e) {
            throw new PersistenceException(e);
        }
    }
}
