package org.ergograph.history.query;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.ergograph.history.rollup.RollupQuery;
import org.ergograph.history.rollup.RollupReader;
import org.ergograph.history.rollup.RollupRow;
import org.ergograph.monitor.MonitoredDbOperation;
import org.ergograph.web.DatabaseCalls;

/** Reads rollups by a connection of its own. Thread-safe. */
@Singleton
class RollupRows {
    // What is older than the minutes reach has its day; a lookup for each series, because none goes through all its
    // rows.
    private static final String SINCE = """
            select min(first_minute) from (
                select (select min(start_minute) from rollup where tier = 3 and series = days.number) as first_minute
                from unnest(cast(? as integer array)) as days(number)
                union all
                select (select min(start_minute) from rollup where tier = 0 and series = minutes.number)
                from unnest(cast(? as integer array)) as minutes(number)
                union all
                select min(start_minute) from rollup_part where tier = 0 and series = any(?)) firsts
            """;

    private final DataSource dataSource;
    private final RollupReader reader;
    private final int timeoutSeconds;

    @Inject
    RollupRows(DataSource dataSource, RollupReader reader, DatabaseCalls database) {
        this(dataSource, reader, database.statementLimit());
    }

    /** @param timeout how long a statement may take */
    RollupRows(DataSource dataSource, RollupReader reader, Duration timeout) {
        this.dataSource = dataSource;
        this.reader = reader;
        this.timeoutSeconds = (int) Math.max(1, timeout.toSeconds());
    }

    /** Gives the rows of these series in the pieces, one piece after the other. */
    @MonitoredDbOperation(operation = "select", table = "rollup")
    void read(List<Piece> pieces, Collection<Integer> series, Consumer<RollupRow> taker) throws SQLException {
        read(pieces, series, RollupQuery.Order.ANY, taker);
    }

    /** The same in an order, which holds within each piece. */
    @MonitoredDbOperation(operation = "select", table = "rollup")
    void read(List<Piece> pieces, Collection<Integer> series, RollupQuery.Order order, Consumer<RollupRow> taker)
            throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            // Otherwise PostgreSQL's driver takes in the whole result at once.
            connection.setAutoCommit(false);
            try {
                for (Piece piece : pieces) {
                    RollupQuery query = new RollupQuery(piece.tier(), piece.from(), piece.to(), series, order);
                    reader.read(connection, query, timeoutSeconds, taker);
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    /** The beginning of the oldest figures of these series; empty if there are none. */
    @MonitoredDbOperation(operation = "select", table = "rollup")
    Optional<Instant> since(Collection<Integer> series) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Array numbers = connection.createArrayOf("int4", series.toArray());
            try (PreparedStatement select = connection.prepareStatement(SINCE)) {
                select.setQueryTimeout(timeoutSeconds);
                select.setArray(1, numbers);
                select.setArray(2, numbers);
                select.setArray(3, numbers);
                try (ResultSet rows = select.executeQuery()) {
                    rows.next();
                    int minute = rows.getInt(1);
                    return rows.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochSecond(60L * minute));
                }
            } finally {
                numbers.free();
            }
        }
    }
}
