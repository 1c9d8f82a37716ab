package org.ergograph.notify.delivery;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.ergograph.alert.routing.LastTold;
import org.ergograph.alert.routing.Occasion;

/** Reads rows that are no entities. Pure. */
final class Moments {
    private Moments() {}

    /** Of whatever the persistence provider makes of a moment in the database. */
    static Instant instant(Object moment) {
        if (moment instanceof OffsetDateTime at) {
            return at.toInstant();
        }
        if (moment instanceof Date date) {
            return date.toInstant();
        }
        throw new IllegalStateException("a moment comes as " + moment.getClass());
    }

    /** Adds one message to what was told, which has to be in order. */
    static void tell(
            Map<String, Map<String, LastTold>> told, String alertId, String channel, Occasion occasion, Instant at) {
        told.computeIfAbsent(alertId, id -> new HashMap<>())
                .merge(channel, LastTold.of(occasion, at), (before, next) -> before.then(occasion, at));
    }
}
