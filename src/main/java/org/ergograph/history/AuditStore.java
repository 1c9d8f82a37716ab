package org.ergograph.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.ergograph.history.rollup.PartStore;

/**
 * Puts records of the journal into the database, a range in one transaction together with the journal's new position: so each
 * record is there once, whatever became of the answers to commits. Not thread-safe.
 */
final class AuditStore {
    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(30);

    /** What of the records is to be left out. */
    enum Without {
        NOTHING,
        ROWS,
        EVERYTHING
    }

    private final BoundedConnections connections;
    private final PartStore parts;
    private final int timeoutSeconds;
    private final NodeNames names;
    private final AuditTable table = new AuditTable();
    private final RecordBatch batch;
    private int dropped;

    /**
     * @param capacity how many records go into one transaction at most
     * @param timeout how long one statement may take
     */
    AuditStore(DataSource dataSource, String node, PartStore parts, int capacity, Duration timeout) {
        this.timeoutSeconds = (int) Math.max(1, timeout.toSeconds());
        this.connections = new BoundedConnections(dataSource, timeoutSeconds);
        this.names = new NodeNames(node);
        this.parts = parts;
        this.batch = new RecordBatch(capacity);
    }

    /** The position of the run in the database; a run that is not known begins here. */
    long position(long run, long begin, Instant now) throws SQLException {
        return connections.run(connection -> {
            int node = names.number(connection, timeoutSeconds);
            return JournalPositions.find(connection, run, node, begin, Timestamp.from(now), timeoutSeconds);
        });
    }

    /** Forgets runs that were last heard of long ago; only while this node's journal holds no earlier run. */
    void tidy(Instant now) throws SQLException {
        connections.run(connection -> {
            int node = names.number(connection, timeoutSeconds);
            JournalPositions.forgetBefore(connection, node, Timestamp.from(now.minus(FORGOTTEN_AFTER)), timeoutSeconds);
            return true;
        });
    }

    /** Forgets a run of which no file is left. */
    void forget(long run) throws SQLException {
        connections.run(connection -> {
            JournalPositions.forget(connection, run, timeoutSeconds);
            return true;
        });
    }

    /**
     * Commits records.
     *
     * @param blocks of the run, in order, that hold the records
     * @param from the run's position: the first record
     * @param to the position after it
     * @return whether it is done; else the position is not {@code from}, and nothing was done
     * @throws SQLException if it is not known to be done
     * @throws RefusedException if the database refuses what the records contain; nothing was done
     */
    boolean commit(List<AuditBlock> blocks, long from, long to, Without without, Instant now)
            throws SQLException, RefusedException {
        try {
            return connections.run(connection -> transact(connection, blocks, from, to, without, now));
        } catch (SQLException e) {
            if (table.renew(e)) {
                return again(blocks, from, to, without, now);
            }
            throw RefusedException.orElse(e);
        }
    }

    /** Once more, because there was no partition for the rows. */
    private boolean again(List<AuditBlock> blocks, long from, long to, Without without, Instant now)
            throws SQLException, RefusedException {
        try {
            return connections.run(connection -> transact(connection, blocks, from, to, without, now));
        } catch (SQLException e) {
            throw RefusedException.orElse(e);
        }
    }

    private boolean transact(
            Connection connection, List<AuditBlock> blocks, long from, long to, Without without, Instant now)
            throws SQLException {
        table.open(connection);
        int node = names.number(connection, timeoutSeconds);
        batch.begin(node, now.toEpochMilli());
        try {
            for (AuditBlock block : blocks) {
                block.resolve(connection, names, timeoutSeconds);
            }
            for (AuditBlock block : blocks) {
                block.load(batch, Math.max(from, block.first()), Math.min(to, block.end()));
            }
        } catch (BlockException e) {
            throw new IllegalStateException(e); // blocks are checked when they are taken in hand
        }
        dropped = without == Without.NOTHING ? 0 : batch.rows().size();
        if (without == Without.ROWS) {
            batch.dropRows();
        } else if (without == Without.EVERYTHING) {
            batch.dropAll();
        }
        table.prepare(connection, batch.rows(), timeoutSeconds);
        table.limit(connection, timeoutSeconds);
        long run = blocks.get(0).run();
        if (!JournalPositions.move(connection, run, from, to, Timestamp.from(now), timeoutSeconds)) {
            connection.rollback();
            return false;
        }
        table.insert(connection, batch.rows(), timeoutSeconds);
        parts.insert(connection, batch.parts(), timeoutSeconds);
        OmissionStore.add(connection, batch.omissions(), timeoutSeconds);
        connection.commit();
        return true;
    }

    /** How many rows were in the last transaction. */
    int rows() {
        return batch.rows().size();
    }

    /** How many rows were left out of the last transaction. */
    int dropped() {
        return dropped;
    }

    /** Whether what is committed is safe on disk only after {@link #sync}. */
    boolean needsSync() {
        return table.needsSync();
    }

    /** Makes everything that was committed safe on disk. */
    void sync() throws SQLException {
        connections.run(connection -> {
            connection.setAutoCommit(true);
            table.sync(connection, timeoutSeconds);
            return true;
        });
    }
}
