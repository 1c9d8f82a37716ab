package org.ergograph.database;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What a database's error code says about the chances of another attempt. */
public final class SqlStates {
    private SqlStates() {}

    /** Whether a row of that key is there already. */
    public static boolean isDuplicate(SQLException error) {
        return has(error, "23505");
    }

    /** Whether the database refuses what a row contains, so that the same row will be refused again. */
    public static boolean isRefusal(SQLException error) {
        return has(error, "22") || has(error, "23");
    }

    /** Whether the connection failed, so that nothing more can be done with it. */
    public static boolean isConnectionFailure(SQLException error) {
        return has(error, "08");
    }

    private static boolean has(SQLException error, String prefix) {
        for (@Nullable SQLException next = error; next != null; next = next.getNextException()) {
            String state = next.getSQLState();
            if (state != null && state.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
