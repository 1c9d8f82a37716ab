package org.ergograph.history;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.ergograph.database.DatabaseState;
import org.ergograph.database.Product;
import org.ergograph.observation.Periodic;
import org.ergograph.observation.TimeSource;

/**
 * Keeps the audit log as long as it is to be kept: drops what is older, and makes the partitions of the days to come. Once an
 * hour, and a minute after a failure. Harmless on several nodes at once. Not thread-safe: the schedule runs it.
 */
@Singleton
public class AuditRetention implements Periodic {
    /** So many days after today have their partition, in case nobody can make one for a while. */
    static final int DAYS_AHEAD = 3;

    static final int CHUNK = 10_000;
    private static final int TIMEOUT_SECONDS = 30;
    private static final Duration EVERY = Duration.ofHours(1);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);
    /** A node may come back after long with files that were committed in part: a row for each start is cheap. */
    private static final Duration JOURNAL_GRACE = Duration.ofDays(700);

    private static final System.Logger LOG = System.getLogger(AuditRetention.class.getName());

    private final RetentionSettings settings;
    private final DataSource dataSource;
    private final DatabaseState database;
    private final TimeSource time;
    private final AuditPartitions partitions = new AuditPartitions();
    private long notBeforeNanos;

    @Inject
    AuditRetention(RetentionSettings settings, DataSource dataSource, DatabaseState database, TimeSource time) {
        this.settings = settings;
        this.dataSource = dataSource;
        this.database = database;
        this.time = time;
        this.notBeforeNanos = time.nanoTime();
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void run() {
        if (!database.ready() || time.nanoTime() - notBeforeNanos < 0) {
            return;
        }
        Duration pause = EVERY;
        try {
            keep(time.now());
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.WARNING, "audit: what is too old could not be dropped; it is tried again", e);
            pause = AFTER_FAILURE;
        }
        notBeforeNanos = time.nanoTime() + pause.toNanos();
    }

    private void keep(Instant now) throws SQLException {
        Instant oldest = now.minus(settings.audit());
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(true);
            if (Product.isPostgres(connection)) {
                LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
                partitions.forgetBefore(today);
                partitions.ensure(connection, today, today.plusDays(DAYS_AHEAD), TIMEOUT_SECONDS);
                dropBefore(connection, LocalDate.ofInstant(oldest, ZoneOffset.UTC));
            } else {
                delete(connection, "audit where started_at < ?", oldest);
            }
            delete(connection, "audit_omission where minute_at < ?", oldest);
            delete(connection, "audit_journal where updated_at < ?", oldest.minus(JOURNAL_GRACE));
        }
    }

    /** The oldest first, and none while one before it is waited for: PostgreSQL lets one leave at a time. */
    private void dropBefore(Connection connection, LocalDate oldest) throws SQLException {
        for (AuditPartitions.Partition partition : partitions.list(connection, TIMEOUT_SECONDS)) {
            if (partition.leaving() || partition.day().isBefore(oldest)) {
                partitions.drop(connection, partition, TIMEOUT_SECONDS);
                LOG.log(System.Logger.Level.INFO, "audit: the rows of " + partition.day() + " are dropped");
            }
        }
    }

    /** In chunks, each a transaction of its own, so that nobody waits for long. */
    private static void delete(Connection connection, String where, Instant oldest) throws SQLException {
        String sql = Product.isPostgres(connection)
                ? "delete from " + where
                : "delete from " + where + " fetch first " + CHUNK + " rows only";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            int deleted;
            do {
                statement.setObject(1, OffsetDateTime.ofInstant(oldest, ZoneOffset.UTC));
                deleted = statement.executeUpdate();
            } while (deleted == CHUNK);
        }
    }
}
