package org.ergograph.notify;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;

/** Something that became of an alert, in the database. Never changed. */
@Entity
@Table(name = "alert_event")
@SuppressWarnings("NullAway.Init") // filled by the persistence provider
class EventRow {
    private static final int MAX_REASON = 2000;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    @Id
    private String id;

    @Column(name = "alert_id")
    private String alertId;

    private OffsetDateTime at;
    private String node;
    private String kind;
    private String state;
    private @Nullable String channel;
    private @Nullable String actor;
    private String reason;

    protected EventRow() {}

    EventRow(AlertEvent event) {
        id = event.id();
        alertId = event.alertId();
        at = Definition.moment(event.at());
        node = clean(event.node());
        kind = event.kind().word();
        state = event.state();
        String told = event.channel();
        channel = told == null ? null : clean(told);
        String by = event.actor();
        actor = by == null ? null : clean(by);
        String why = clean(event.reason());
        reason = why.length() <= MAX_REASON ? why : why.substring(0, MAX_REASON - 1) + "…";
    }

    /** A condition may name what has control characters in it; PostgreSQL stores no NUL, and nobody can read the others. */
    private static String clean(String text) {
        return CONTROL.matcher(text).replaceAll(" ");
    }

    /** As it is answered. */
    JsonObject json() {
        JsonObjectBuilder json = JsonText.object()
                .add("at", at.toInstant().toString())
                .add("kind", kind)
                .add("state", state)
                .add("reason", reason)
                .add("node", node);
        if (channel != null) {
            json.add("channel", channel);
        }
        if (actor != null) {
            json.add("actor", actor);
        }
        return json.build();
    }
}
