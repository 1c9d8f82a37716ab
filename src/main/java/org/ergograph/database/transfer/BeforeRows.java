package org.ergograph.database.transfer;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;

/** What has to be done before rows of a table can be written: every CDI bean of this type is asked. */
public interface BeforeRows {
    /**
     * Called before each chunk, outside of its transaction.
     *
     * @param table in lower case
     * @param moments the first column of each row, if it is a moment; otherwise empty
     */
    void prepare(Connection connection, String table, List<OffsetDateTime> moments) throws SQLException;
}
