package org.ergograph.history;

import java.sql.Connection;
import java.sql.SQLException;

/** Puts rows into the audit table within the connection's transaction: each database has its cheapest way. */
interface AuditInsert {
    /** Makes room for the rows, where there has to be some. May end the connection's transaction. */
    default void prepare(Connection connection, AuditRows rows, int timeoutSeconds) throws SQLException {}

    void insert(Connection connection, AuditRows rows, int timeoutSeconds) throws SQLException;

    /** Makes what was committed safe on disk, where a commit alone does not. */
    default void sync(Connection connection, int timeoutSeconds) throws SQLException {}
}
