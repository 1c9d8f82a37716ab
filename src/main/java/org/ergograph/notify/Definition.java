package org.ergograph.notify;

import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What people define: a rule, a silence, an inhibition; a row with its JSON text. Not thread-safe. */
@MappedSuperclass
@SuppressWarnings("NullAway.Init") // filled by the persistence provider
abstract class Definition {
    @Id
    private String id;

    private String definition;

    @Version
    private long version;

    @Column(name = "created_at")
    private OffsetDateTime createdAt;

    @Column(name = "updated_at")
    private OffsetDateTime updatedAt;

    protected Definition() {}

    Definition(String id, Instant now) {
        this.id = id;
        this.createdAt = moment(now);
    }

    /** As precise as databases keep it. */
    static OffsetDateTime moment(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    final void define(String json, Instant now) {
        definition = json;
        updatedAt = moment(now);
    }

    final String id() {
        return id;
    }

    final String definition() {
        return definition;
    }

    final long version() {
        return version;
    }

    final Instant createdAt() {
        return createdAt.toInstant();
    }

    final Instant updatedAt() {
        return updatedAt.toInstant();
    }

    /** The name, of which there may be one only; null if it has none. */
    abstract @Nullable String name();

    /** Whether it came with the product and cannot be deleted. */
    boolean shipped() {
        return false;
    }
}
