package org.ergograph.history;

import java.io.Serializable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What identifies a row of the audit log. The id alone would, as long as no two nodes that run at the same time have the same
 * name; the key holds although they have.
 */
class AuditKey implements Serializable {
    private static final long serialVersionUID = 1;

    OffsetDateTime startedAt = OffsetDateTime.MIN;
    long id;

    AuditKey() {}

    private Instant moment() {
        return startedAt.toInstant();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AuditKey key && id == key.id && moment().equals(key.moment());
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, moment());
    }
}
