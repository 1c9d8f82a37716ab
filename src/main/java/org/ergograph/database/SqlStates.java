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

    /** Why a database cannot be used, in words for the operator that hold no secret; the kind of failure where it is not known. */
    public static String reason(Throwable failure) {
        for (Throwable next = failure; next != null; next = next.getCause()) {
            if (next instanceof SQLException error) {
                String reason = reason(error);
                if (reason != null) {
                    return reason;
                }
            }
        }
        return failure.getClass().getSimpleName();
    }

    private static @Nullable String reason(SQLException error) {
        // 28: SQL standard; 08: no connection; the others are PostgreSQL's.
        if (has(error, "28")) {
            return "the database refuses the user or the password";
        } else if (has(error, "3D000")) {
            return "there is no database of this name";
        } else if (has(error, "42501")) {
            return "the user may not do that in the database";
        } else if (has(error, "53300")) {
            return "the database takes no more connections";
        } else if (has(error, "25006")) {
            return "the database is read-only";
        } else if (has(error, "08")) {
            return "there is no connection to the database";
        }
        return null;
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
