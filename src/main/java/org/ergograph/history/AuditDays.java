package org.ergograph.history;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ergograph.database.Product;
import org.ergograph.database.transfer.BeforeRows;

/** PostgreSQL: the days of audit rows that are imported have their partitions before. Not thread-safe. */
@Singleton
public class AuditDays implements BeforeRows {
    private static final int TIMEOUT_SECONDS = 30;

    private final AuditPartitions partitions = new AuditPartitions();

    @Inject
    public AuditDays() {}

    @Override
    public void prepare(Connection connection, String table, List<OffsetDateTime> moments) throws SQLException {
        if (!table.equals("audit") || !Product.isPostgres(connection)) {
            return;
        }
        TreeSet<LocalDate> days = moments.stream()
                .map(at -> at.withOffsetSameInstant(ZoneOffset.UTC).toLocalDate())
                .collect(Collectors.toCollection(TreeSet::new));
        for (LocalDate day : days) {
            partitions.ensure(connection, day, TIMEOUT_SECONDS);
        }
    }
}
