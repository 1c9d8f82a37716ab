package org.ergograph.database.transfer;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Copies one table in chunks; each is one transaction together with how far the copy has come. Not thread-safe. */
final class TableCopy {
    static final int CHUNK = 5_000;

    private static final class Row {
        final long number;
        final @Nullable Object[] values;

        Row(long number, @Nullable Object[] values) {
            this.number = number;
            this.values = values;
        }
    }

    private final Connection from;
    private final Connection to;
    private final Table table;
    private final Iterable<BeforeRows> preparations;

    TableCopy(Connection from, Connection to, Table table, Iterable<BeforeRows> preparations) {
        this.from = from;
        this.to = to;
        this.table = table;
        this.preparations = preparations;
    }

    /**
     * Copies the next chunk. Another node that copies the same table at the same time takes turns with this one.
     *
     * @return how far the table is copied then
     */
    Progress next() throws SQLException {
        Progress before = Objects.requireNonNull(Progress.read(to, table.plainName()));
        to.commit();
        if (before.finished()) {
            return before;
        }
        List<Row> rows = read(before.lastRow());
        prepare(rows);
        Progress now = Objects.requireNonNull(Progress.lock(to, table.plainName()));
        if (!now.equals(before)) {
            to.rollback();
            return now;
        }
        Progress after = new Progress(
                before.source(),
                rows.isEmpty() ? before.lastRow() : rows.get(rows.size() - 1).number,
                before.copied() + rows.size(),
                rows.size() < CHUNK);
        write(rows);
        after.update(to, table.plainName());
        to.commit();
        return after;
    }

    private List<Row> read(long after) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement select = from.prepareStatement(table.select(CHUNK))) {
            select.setLong(1, after);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    @Nullable Object[] values = new Object[table.columns().size()];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = table.columns().get(i).type().read(found, i + 2);
                    }
                    rows.add(new Row(found.getLong(1), values));
                }
            }
        }
        return rows;
    }

    private void prepare(List<Row> rows) throws SQLException {
        List<OffsetDateTime> moments = rows.stream()
                .map(row -> row.values[0])
                .filter(OffsetDateTime.class::isInstance)
                .map(OffsetDateTime.class::cast)
                .toList();
        for (BeforeRows preparation : preparations) {
            preparation.prepare(to, table.plainName(), moments);
        }
    }

    private void write(List<Row> rows) throws SQLException {
        try (PreparedStatement insert = to.prepareStatement(table.insert())) {
            for (Row row : rows) {
                for (int i = 0; i < row.values.length; i++) {
                    table.columns().get(i).type().write(insert, i + 1, row.values[i]);
                }
                insert.addBatch();
            }
            if (!rows.isEmpty()) {
                insert.executeBatch();
            }
        }
    }
}
