package org.ergograph.history;

import java.sql.Connection;
import java.sql.SQLException;

/** Puts rows into the audit table within the connection's transaction: each database has its cheapest way. */
interface AuditInsert {
    /** The columns, in the order of the table. */
    String COLUMNS =
            "started_at, id, duration_nanos, trace_id_high, trace_id_low, request_bytes, response_bytes, series,"
                    + " error_type, principal, node, status";

    void insert(Connection connection, AuditRows rows, int timeoutSeconds) throws SQLException;
}
