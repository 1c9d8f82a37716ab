package org.ergograph.history.rollup;

import java.sql.Connection;
import java.sql.SQLException;
import org.ergograph.database.Product;

/** What the databases say differently: deletions of a bounded number of rows. */
enum Dialect {
    POSTGRESQL(
            "with due as materialized (select ctid from rollup_part where tier = ? and start_minute < ?"
                    + " order by start_minute limit ?) delete from rollup_part where ctid = any(array(select ctid from due))"
                    + " returning " + RollupRow.COLUMNS,
            "delete from rollup where ctid = any(array(select ctid from rollup"
                    + " where tier = ? and series = any(?) and start_minute < ? limit ?))"),
    H2(
            "select " + RollupRow.COLUMNS
                    + " from old table (delete from rollup_part where tier = ? and start_minute < ?"
                    + " fetch first ? rows only)",
            "delete from rollup where tier = ? and series = any(?) and start_minute < ? fetch first ? rows only");

    private final String takeParts;
    private final String dropRows;

    Dialect(String takeParts, String dropRows) {
        this.takeParts = takeParts;
        this.dropRows = dropRows;
    }

    static Dialect of(Connection connection) throws SQLException {
        return Product.isPostgres(connection) ? POSTGRESQL : H2;
    }

    /** A query that deletes what it gives: parts of a tier that start before a minute, at most so many. */
    String takeParts() {
        return takeParts;
    }

    /** Deletes rows of a tier and of some series that start before a minute, at most so many. */
    String dropRows() {
        return dropRows;
    }
}
