package org.ergograph.settings;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A setting that was changed at least once. Not thread-safe. */
@Entity
@Table(name = "setting")
@SuppressWarnings("NullAway.Init") // filled by the persistence provider
class Setting {
    @Id
    private String name;

    @Column(name = "setting_value")
    private @Nullable Double value;

    private long revision;

    @Column(name = "changed_at")
    private OffsetDateTime changedAt;

    @Column(name = "changed_by")
    private @Nullable String changedBy;

    protected Setting() {}

    Setting(String name) {
        this.name = name;
    }

    final void changed(SettingChange change) {
        value = change.newValue();
        revision = change.revision();
        changedAt = SettingChange.moment(change.at());
        changedBy = change.by();
    }

    String name() {
        return name;
    }

    /** Null for its default. */
    @Nullable
    Double value() {
        return value;
    }

    /** The number of the change that made it so. */
    long revision() {
        return revision;
    }

    Instant changedAt() {
        return changedAt.toInstant();
    }

    @Nullable
    String changedBy() {
        return changedBy;
    }
}
