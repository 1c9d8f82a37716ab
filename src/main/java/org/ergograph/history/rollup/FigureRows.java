package org.ergograph.history.rollup;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of figures on their way into the database, column by column. Not thread-safe. */
final class FigureRows {
    private static final String COLUMNS =
            "count, errors, sum_nanos, min_nanos, max_nanos, value_sum, value_min, value_max,"
                    + " series, start_minute, tier, node, sketch";

    // One statement with an array a column, so that a row costs neither a parameter list nor a message.
    private static final String VALUES =
            " (" + COLUMNS + ") select " + COLUMNS + " from unnest(cast(? as bigint array),"
                    + " cast(? as bigint array), cast(? as bigint array), cast(? as bigint array), cast(? as bigint array),"
                    + " cast(? as double precision array), cast(? as double precision array), cast(? as double precision array),"
                    + " cast(? as integer array), cast(? as integer array), cast(? as smallint array), cast(? as smallint array),"
                    + " cast(? as bytea array)) as added(" + COLUMNS + ")";

    private static final String UPDATE =
            "update rollup set count = ?, errors = ?, sum_nanos = ?, min_nanos = ?, max_nanos = ?, value_sum = ?,"
                    + " value_min = ?, value_max = ?, sketch = ? where tier = ? and series = ? and start_minute = ? and node = ?";

    private record Row(int tier, int series, int node, int startMinute, Figures figures) {}

    private final List<Row> rows = new ArrayList<>();

    /** Adds a row with these figures, if there are any. */
    void add(Tier tier, int series, int node, int startMinute, Figures figures) {
        if (figures.count() > 0) {
            rows.add(new Row(tier.number(), series, node, startMinute, figures));
        }
    }

    /** Inserts the rows, of which none is there. */
    void insert(Connection connection, String table, int timeoutSeconds) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        int size = rows.size();
        @Nullable
        Object[][] columns = {
            new Long[size],
            new Long[size],
            new Long[size],
            new Long[size],
            new Long[size],
            new Double[size],
            new Double[size],
            new Double[size],
            new Integer[size],
            new Integer[size],
            new Integer[size],
            new Integer[size],
            new byte[size][]
        };
        for (int i = 0; i < size; i++) {
            Row row = rows.get(i);
            Figures figures = row.figures();
            columns[0][i] = figures.count();
            columns[1][i] = figures.errors();
            columns[2][i] = figures.sumNanos();
            columns[3][i] = figures.minNanos();
            columns[4][i] = figures.maxNanos();
            columns[5][i] = figures.valueSum();
            columns[6][i] = figures.valueMin();
            columns[7][i] = figures.valueMax();
            columns[8][i] = row.series();
            columns[9][i] = row.startMinute();
            columns[10][i] = row.tier();
            columns[11][i] = row.node();
            columns[12][i] = figures.sketch();
        }
        List<Array> arrays = new ArrayList<>();
        try (PreparedStatement insert = connection.prepareStatement("insert into " + table + VALUES)) {
            insert.setQueryTimeout(timeoutSeconds);
            for (int i = 0; i < columns.length; i++) {
                String type = i < 5 ? "int8" : i < 8 ? "float8" : i < 12 ? "int4" : "bytea";
                Array array = connection.createArrayOf(type, columns[i]);
                arrays.add(array);
                insert.setArray(i + 1, array);
            }
            insert.executeUpdate();
        } finally {
            for (Array array : arrays) {
                array.free();
            }
        }
    }

    /** Puts the rows in the place of those that are there. */
    void update(Connection connection, int timeoutSeconds) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
            update.setQueryTimeout(timeoutSeconds);
            for (Row row : rows) {
                Figures figures = row.figures();
                update.setLong(1, figures.count());
                update.setLong(2, figures.errors());
                update.setObject(3, figures.sumNanos(), Types.BIGINT);
                update.setObject(4, figures.minNanos(), Types.BIGINT);
                update.setObject(5, figures.maxNanos(), Types.BIGINT);
                update.setObject(6, figures.valueSum(), Types.DOUBLE);
                update.setObject(7, figures.valueMin(), Types.DOUBLE);
                update.setObject(8, figures.valueMax(), Types.DOUBLE);
                update.setBytes(9, figures.sketch());
                update.setInt(10, row.tier());
                update.setInt(11, row.series());
                update.setInt(12, row.startMinute());
                update.setInt(13, row.node());
                update.addBatch();
            }
            update.executeBatch();
        }
    }
}
