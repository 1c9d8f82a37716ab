package org.ergograph.database.transfer;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What tables a database has, from its own description of itself. */
final class Tables {
    private static final String HISTORY = "flyway_schema_history";
    /** These tell of a database and not of what it is for. */
    private static final Set<String> OWN = Set.of(HISTORY, "import_progress", "lease");

    private Tables() {}

    /** All that are to be copied, a table after those that it refers to. */
    static List<Table> inOrder(Connection h2) throws SQLException {
        DatabaseMetaData metaData = h2.getMetaData();
        Map<String, Table> tables = new LinkedHashMap<>();
        try (ResultSet rows = metaData.getTables(h2.getCatalog(), h2.getSchema(), null, new String[] {"BASE TABLE"})) {
            while (rows.next()) {
                String name = rows.getString("TABLE_NAME");
                if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                    tables.put(name, new Table(name, columns(metaData, h2, name)));
                }
            }
        }
        Set<Table> ordered = new LinkedHashSet<>();
        for (Table table : tables.values()) {
            add(table, tables, ordered, metaData, h2);
        }
        return List.copyOf(ordered);
    }

    private static List<Table.Column> columns(DatabaseMetaData metaData, Connection h2, String table)
            throws SQLException {
        List<Table.Column> columns = new ArrayList<>();
        try (ResultSet rows = metaData.getColumns(h2.getCatalog(), h2.getSchema(), table, null)) {
            while (rows.next()) {
                String name = rows.getString("COLUMN_NAME");
                columns.add(new Table.Column(name, ColumnType.of(rows.getInt("DATA_TYPE"), table + "." + name)));
            }
        }
        return columns;
    }

    private static void add(
            Table table, Map<String, Table> all, Set<Table> ordered, DatabaseMetaData metaData, Connection h2)
            throws SQLException {
        List<String> referredTo = new ArrayList<>();
        try (ResultSet rows = metaData.getImportedKeys(h2.getCatalog(), h2.getSchema(), table.name())) {
            while (rows.next()) {
                referredTo.add(rows.getString("PKTABLE_NAME"));
            }
        }
        for (String name : referredTo) {
            Table other = all.get(name);
            if (other != null && !name.equals(table.name()) && !ordered.contains(other)) {
                add(other, all, ordered, metaData, h2);
            }
        }
        ordered.add(table);
    }

    /**
     * The version of what all databases have in common; null if it has no schema of ours. Migrations of one product only have
     * a number behind a point: they change no columns.
     */
    static @Nullable String version(Connection connection) throws SQLException {
        boolean quoted = connection.getMetaData().storesUpperCaseIdentifiers();
        String mark = quoted ? "\"" : "";
        String sql =
                "select %1$sversion%1$s from %1$s%2$s%1$s where %1$ssuccess%1$s order by %1$sinstalled_rank%1$s desc"
                        .formatted(mark, HISTORY);
        try (ResultSet known = connection
                        .getMetaData()
                        .getTables(connection.getCatalog(), connection.getSchema(), HISTORY, null);
                var statement = connection.createStatement()) {
            if (!known.next()) {
                return null;
            }
            try (ResultSet rows = statement.executeQuery(sql)) {
                return rows.next() ? rows.getString(1).replaceFirst("\\..*", "") : null;
            }
        }
    }
}
