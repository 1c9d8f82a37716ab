package org.ergograph.settings;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** A change of a setting. The numbers of changes have no gaps. Immutable once made. */
@Entity
@Table(name = "setting_change")
@SuppressWarnings("NullAway.Init") // filled by the persistence provider
class SettingChange {
    @Id
    private long revision;

    private String name;

    @Column(name = "old_value")
    private @Nullable Double oldValue;

    @Column(name = "new_value")
    private @Nullable Double newValue;

    @Column(name = "changed_at")
    private OffsetDateTime changedAt;

    @Column(name = "changed_by")
    private @Nullable String changedBy;

    private String node;

    @Column(name = "remark")
    private @Nullable String comment;

    protected SettingChange() {}

    /** @param oldValue null for its default */
    SettingChange(long revision, @Nullable Double oldValue, Wish wish) {
        this.revision = revision;
        this.name = wish.threshold().label();
        this.oldValue = oldValue;
        this.newValue = wish.value();
        this.changedAt = moment(wish.at());
        this.changedBy = wish.by();
        this.node = wish.node();
        this.comment = wish.comment();
    }

    /** Databases keep microseconds: what is answered now is what is read later. */
    static OffsetDateTime moment(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    long revision() {
        return revision;
    }

    String name() {
        return name;
    }

    /** Null for its default. */
    @Nullable
    Double oldValue() {
        return oldValue;
    }

    /** Null for its default. */
    @Nullable
    Double newValue() {
        return newValue;
    }

    Instant at() {
        return changedAt.toInstant();
    }

    @Nullable
    String by() {
        return changedBy;
    }

    String node() {
        return node;
    }

    @Nullable
    String comment() {
        return comment;
    }
}
