package org.ergograph.notify;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.ergograph.alert.routing.Silence;
import org.ergograph.web.JsonBody;
import org.jspecify.annotations.Nullable;

/** A silence in the database. Not thread-safe. */
@Entity
@Table(name = "silence")
@SuppressWarnings("NullAway.Init") // filled by the persistence provider
class SilenceRow extends Definition {
    @Column(name = "starts_at")
    OffsetDateTime startsAt;

    @Column(name = "ends_at")
    OffsetDateTime endsAt;

    protected SilenceRow() {}

    SilenceRow(Silence silence, Instant now) {
        super(silence.id(), now);
        change(silence, now);
    }

    final void change(Silence silence, Instant now) {
        startsAt = moment(silence.startsAt());
        endsAt = moment(silence.endsAt());
        define(SilenceJson.definition(silence).build().toString(), now);
    }

    /** Ends it now; has no effect if it is over. One that has not begun never will. */
    void expire(Instant now) {
        Silence silence = silence();
        if (now.isBefore(silence.endsAt())) {
            Instant begin = now.isBefore(silence.startsAt()) ? now.minusMillis(1) : silence.startsAt();
            Instant end = now.isAfter(begin) ? now : begin.plusMillis(1);
            change(
                    new Silence(
                            id(),
                            silence.matchers(),
                            begin,
                            end,
                            silence.recurrence(),
                            silence.author(),
                            silence.comment()),
                    now);
        }
    }

    @Override
    @Nullable
    String name() {
        return null;
    }

    Silence silence() {
        // Long ago, since it may be over.
        return SilenceJson.read(id(), JsonBody.parse(definition()), Instant.EPOCH);
    }
}
