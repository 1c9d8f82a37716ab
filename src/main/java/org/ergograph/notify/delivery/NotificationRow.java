package org.ergograph.notify.delivery;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.ergograph.alert.routing.Occasion;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;

/** An {@link Entry} in the database, and what became of it. Not thread-safe. */
@Entity
@Table(name = "notification")
@SuppressWarnings("NullAway.Init") // filled by the persistence provider
class NotificationRow {
    private static final int MAX_REASON = 400;
    private static final int MAX_GROUP = 400;
    private static final int MAX_CHANNEL = 64;

    @Id
    private String id;

    @Column(name = "alert_id")
    private String alertId;

    private String channel;
    private String occasion;

    @Column(name = "group_key")
    private String groupKey;

    @Column(name = "made_at")
    private OffsetDateTime madeAt;

    private String reason;
    private String content;
    private String state;
    private @Nullable String message;

    @Column(name = "settled_at")
    private @Nullable OffsetDateTime settledAt;

    protected NotificationRow() {}

    NotificationRow(Entry entry) {
        id = entry.id();
        alertId = entry.alertId();
        channel = EntryJson.cut(entry.channel(), MAX_CHANNEL);
        occasion = entry.occasion().name();
        groupKey = EntryJson.cut(entry.groupKey(), MAX_GROUP);
        madeAt = moment(entry.madeAt());
        reason = EntryJson.cut(entry.reason(), MAX_REASON);
        content = EntryJson.text(entry.content());
        state = Ended.WAITING;
    }

    /** Databases keep microseconds. */
    static OffsetDateTime moment(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    void belongsTo(String messageId, String newState, @Nullable Instant settled) {
        message = messageId;
        state = newState;
        settledAt = settled == null ? null : moment(settled);
    }

    String id() {
        return id;
    }

    String state() {
        return state;
    }

    @Nullable
    String message() {
        return message;
    }

    Instant madeAt() {
        return madeAt.toInstant();
    }

    @Nullable
    Instant settledAt() {
        return settledAt == null ? null : settledAt.toInstant();
    }

    Entry entry() {
        return new Entry(
                id,
                alertId,
                channel,
                Occasion.valueOf(occasion),
                groupKey,
                madeAt.toInstant(),
                reason,
                EntryJson.content(JsonText.parse(content)));
    }
}
