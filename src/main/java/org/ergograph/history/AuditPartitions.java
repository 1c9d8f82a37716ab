package org.ergograph.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Set;

/** PostgreSQL: the partitions of the audit table, one for each day of UTC. Not thread-safe. */
final class AuditPartitions {
    /** Any number that nobody else locks: nodes make partitions one after the other. */
    private static final long LOCK = 0x6572676f_61756474L;

    private final Set<LocalDate> known = new HashSet<>();

    /** Makes the day's partition unless it is there. Ends the connection's transaction if the day was not known yet. */
    void ensure(Connection connection, LocalDate day, int timeoutSeconds) throws SQLException {
        if (known.contains(day)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(timeoutSeconds);
            statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
            statement.execute("create table if not exists audit_%s partition of audit for values from (%s) to (%s)"
                    .formatted(day.format(DateTimeFormatter.BASIC_ISO_DATE), start(day), start(day.plusDays(1))));
            connection.commit();
        }
        known.add(day);
    }

    private static String start(LocalDate day) {
        return "'" + day + " 00:00:00+00'";
    }
}
