package org.ergograph.history;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * PostgreSQL: the partitions of the audit table, one for each day of UTC. None of this keeps rows from being written for longer
 * than {@value #LOCK_SECONDS} s, and several nodes may do it at once. Not thread-safe.
 */
final class AuditPartitions {
    /** How long a lock is waited for. */
    static final int LOCK_SECONDS = 5;

    private static final String PREFIX = "audit_";
    /** Any number that nobody else locks: nodes make partitions one after the other. */
    private static final long LOCK = 0x6572676f_61756474L;

    /** A day's partition; one that is leaving has been taken from the table for readers, but not altogether. */
    record Partition(LocalDate day, boolean leaving) {
        String table() {
            return PREFIX + day.format(DateTimeFormatter.BASIC_ISO_DATE);
        }
    }

    private final Set<LocalDate> known = new HashSet<>();

    /** The same for one day. */
    void ensure(Connection connection, LocalDate day, int timeoutSeconds) throws SQLException {
        ensure(connection, day, day, timeoutSeconds);
    }

    /**
     * Makes the partitions of these days, both included, unless they are there; costs nothing where all are known to be. Ends
     * the connection's transaction where one was not known: call it before the first statement of a transaction.
     */
    void ensure(Connection connection, LocalDate first, LocalDate last, int timeoutSeconds) throws SQLException {
        for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
            if (!known.contains(day)) {
                make(connection, day, timeoutSeconds);
            }
        }
    }

    /** Forgets days before this one: another node may have dropped them. */
    void forgetBefore(LocalDate day) {
        known.removeIf(one -> one.isBefore(day));
    }

    /** Made apart and attached: that waits for no reader and no writer of the other partitions, as creating it in place would. */
    private void make(Connection connection, LocalDate day, int timeoutSeconds) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        String table = new Partition(day, false).table();
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(timeoutSeconds);
            statement.execute("set local lock_timeout = '" + LOCK_SECONDS + "s'");
            statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
            if (!exists(statement, table)) {
                statement.execute("create table " + table
                        + " (like audit including defaults including constraints including storage)");
                statement.execute("alter table audit attach partition %s for values from (%s) to (%s)"
                        .formatted(table, start(day), start(day.plusDays(1))));
            }
            connection.commit();
            known.add(day);
        } catch (SQLException e) {
            rollback(connection, e);
            throw e;
        } finally {
            connection.setAutoCommit(autoCommit);
        }
    }

    private static boolean exists(Statement statement, String table) throws SQLException {
        try (ResultSet row = statement.executeQuery("select to_regclass('" + table + "') is not null")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static String start(LocalDate day) {
        return "'" + day + " 00:00:00+00'";
    }

    private static void rollback(Connection connection, SQLException reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    /** Those that there are, the oldest first. */
    List<Partition> list(Connection connection, int timeoutSeconds) throws SQLException {
        List<Partition> partitions = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(timeoutSeconds);
            try (ResultSet rows = statement.executeQuery("select c.relname, i.inhdetachpending from pg_inherits i"
                    + " join pg_class c on c.oid = i.inhrelid where i.inhparent = 'audit'::regclass"
                    + " order by c.relname")) {
                while (rows.next()) {
                    String table = rows.getString(1);
                    if (table.startsWith(PREFIX)) {
                        add(partitions, table.substring(PREFIX.length()), rows.getBoolean(2));
                    }
                }
            }
        }
        return partitions;
    }

    private static void add(List<Partition> partitions, String day, boolean leaving) {
        try {
            partitions.add(new Partition(LocalDate.parse(day, DateTimeFormatter.BASIC_ISO_DATE), leaving));
        } catch (DateTimeParseException e) {
            // The operator's own partition: he made it, he drops it.
            System.getLogger(AuditPartitions.class.getName())
                    .log(System.Logger.Level.DEBUG, "not a day's partition: audit_" + day, e);
        }
    }

    /**
     * Drops a partition. Whoever reads it is waited for without a lock that would stop writers; what cannot be finished within
     * {@value #LOCK_SECONDS} s is left for another time, and readers no longer see it.
     */
    void drop(Connection connection, Partition partition, int timeoutSeconds) throws SQLException {
        connection.setAutoCommit(true);
        known.remove(partition.day());
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(timeoutSeconds);
            statement.execute("set lock_timeout = '" + LOCK_SECONDS + "s'");
            try {
                statement.execute("alter table audit detach partition " + partition.table()
                        + (partition.leaving() ? " finalize" : " concurrently"));
                statement.execute("drop table " + partition.table());
            } finally {
                statement.execute("reset lock_timeout");
            }
        }
    }
}
