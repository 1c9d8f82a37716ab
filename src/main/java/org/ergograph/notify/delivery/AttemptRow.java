package org.ergograph.notify.delivery;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An {@link Attempt} in the database. Not thread-safe. */
@Entity
@Table(name = "notification_attempt")
@IdClass(AttemptRow.Key.class)
@SuppressWarnings("NullAway.Init") // filled by the persistence provider
class AttemptRow {
    private static final int MAX_DETAIL = 400;
    private static final int MAX_NODE = 200;

    @Id
    private String message;

    @Id
    private int number;

    private String node;

    @Column(name = "began_at")
    private OffsetDateTime beganAt;

    @Column(name = "ended_at")
    private @Nullable OffsetDateTime endedAt;

    private String result;
    private String detail;

    protected AttemptRow() {}

    AttemptRow(Attempt attempt) {
        message = attempt.message();
        number = attempt.number();
        node = EntryJson.cut(attempt.node(), MAX_NODE);
        beganAt = NotificationRow.moment(attempt.beganAt());
        change(attempt.endedAt(), attempt.result(), attempt.detail());
    }

    final void change(@Nullable Instant ended, String newResult, String newDetail) {
        endedAt = ended == null ? null : NotificationRow.moment(ended);
        result = newResult;
        detail = EntryJson.cut(newDetail, MAX_DETAIL);
    }

    Attempt attempt() {
        return new Attempt(
                message,
                number,
                node,
                beganAt.toInstant(),
                endedAt == null ? null : endedAt.toInstant(),
                result,
                detail);
    }

    static Key key(String message, int number) {
        Key key = new Key();
        key.message = message;
        key.number = number;
        return key;
    }

    /** The primary key. */
    static class Key implements Serializable {
        @Nullable
        String message;

        int number;

        Key() {}

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && Objects.equals(message, key.message) && number == key.number;
        }

        @Override
        public int hashCode() {
            return Objects.hash(message, number);
        }
    }
}
