package org.ergograph.history;

import java.sql.SQLException;
import org.ergograph.database.SqlStates;

/** The database refuses records for what they contain: no further attempt with all of them would change that. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private RefusedException(SQLException reason) {
        super(reason);
    }

    /** One of these if that is what the failure says; else throws the failure. */
    static RefusedException orElse(SQLException failure) throws SQLException {
        if (!SqlStates.isRefusal(failure)) {
            throw failure;
        }
        return new RefusedException(failure);
    }
}
