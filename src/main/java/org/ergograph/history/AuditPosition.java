package org.ergograph.history;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.ergograph.web.Cursor;
import org.ergograph.web.ProblemException;
import org.ergograph.web.QueryParameters;
import org.jspecify.annotations.Nullable;

/** A place in the audit log, newest first: behind the row with this start and id. */
record AuditPosition(Instant startedAt, long id) {
    private static final String LIST = "audit";

    static AuditPosition behind(AuditEntry entry) {
        return new AuditPosition(entry.startedAt(), entry.row().id);
    }

    /** The place that the parameter {@code cursor} says; null is the beginning. */
    static @Nullable AuditPosition read(QueryParameters parameters) {
        List<String> keys = parameters.cursor(LIST, 2);
        if (keys == null) {
            return null;
        }
        try {
            return new AuditPosition(Instant.parse(keys.get(0)), Long.parseLong(keys.get(1)));
        } catch (DateTimeParseException | NumberFormatException e) {
            throw ProblemException.badField("cursor", String.join(" ", keys), "a nextCursor that this list gave");
        }
    }

    String cursor() {
        return Cursor.encode(LIST, startedAt.toString(), Long.toString(id));
    }
}
