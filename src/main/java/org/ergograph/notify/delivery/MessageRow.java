package org.ergograph.notify.delivery;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A message in the database: what its notifications are sent in. Not thread-safe. */
@Entity
@Table(name = "notification_message")
@SuppressWarnings("NullAway.Init") // filled by the persistence provider
class MessageRow {
    private static final int MAX_GROUP = 400;

    @Id
    private String id;

    private String channel;

    @Column(name = "group_key")
    private String groupKey;

    private String state;
    private int attempts;

    @Column(name = "since_at")
    private OffsetDateTime sinceAt;

    @Column(name = "next_at")
    private OffsetDateTime nextAt;

    @Column(name = "settled_at")
    private @Nullable OffsetDateTime settledAt;

    protected MessageRow() {}

    MessageRow(Open message, String state, @Nullable Instant settled) {
        this.id = message.id();
        this.channel = message.channel();
        this.groupKey = EntryJson.cut(message.groupKey(), MAX_GROUP);
        this.state = state;
        this.attempts = message.attempts();
        this.sinceAt = NotificationRow.moment(message.sinceAt());
        this.nextAt = NotificationRow.moment(message.nextAt());
        this.settledAt = settled == null ? null : NotificationRow.moment(settled);
    }

    Open open() {
        return new Open(
                id, channel, groupKey, attempts, state.equals(Ended.SENDING), sinceAt.toInstant(), nextAt.toInstant());
    }

    void begin(Instant until) {
        state = Ended.SENDING;
        attempts++;
        nextAt = NotificationRow.moment(until);
    }

    void end(Ended ended) {
        state = ended.state();
        nextAt = NotificationRow.moment(ended.nextAt());
        settledAt = ended.state().equals(Ended.WAITING) ? null : NotificationRow.moment(ended.at());
    }

    /** Is tried anew, as if it had just been begun. */
    void retry(Instant now) {
        state = Ended.WAITING;
        sinceAt = NotificationRow.moment(now);
        nextAt = sinceAt;
        settledAt = null;
    }

    /** Whoever sent it is gone. */
    void abandoned(Instant now) {
        nextAt = NotificationRow.moment(now);
    }

    String id() {
        return id;
    }

    String state() {
        return state;
    }

    int attempts() {
        return attempts;
    }

    String group() {
        return Backlog.group(channel, groupKey);
    }

    @Nullable
    Instant settledAt() {
        return settledAt == null ? null : settledAt.toInstant();
    }
}
