package org.ergograph.database.transfer;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A table of H2, to be copied into the one of the same name.
 *
 * @param name as H2 spells it
 * @param columns in the order of the table
 */
record Table(String name, List<Column> columns) {
    /** A column, its name as H2 spells it. */
    record Column(String name, ColumnType type) {}

    /** The name in lower case, as all of ours are written. */
    String plainName() {
        return name.toLowerCase(Locale.ROOT);
    }

    private String names() {
        return columns.stream()
                .map(column -> column.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    /** Rows after a number of H2's own, which every table has; the number first. */
    String select(int limit) {
        return "select _rowid_, " + names() + " from " + plainName()
                + " where _rowid_ > ? order by _rowid_ fetch first " + limit + " rows only";
    }

    String insert() {
        return "insert into " + plainName() + " (" + names() + ") values ("
                + columns.stream().map(column -> "?").collect(Collectors.joining(", ")) + ")";
    }

    String count() {
        return "select count(*) from " + plainName();
    }
}
