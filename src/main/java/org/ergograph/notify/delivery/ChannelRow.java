package org.ergograph.notify.delivery;

import jakarta.json.JsonObject;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.ergograph.notify.delivery.channel.Channel;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;

/** A channel in the database. Not thread-safe. */
@Entity
@Table(name = "channel")
@SuppressWarnings("NullAway.Init") // filled by the persistence provider
class ChannelRow {
    /** The length of settings as text. */
    static final int MAX_SETTINGS = 16_000;

    @Id
    private String id;

    private String name;
    private String type;
    private String settings;

    @Column(name = "credential_ref")
    private @Nullable String credentialRef;

    @Version
    private long version;

    @Column(name = "created_at")
    private OffsetDateTime createdAt;

    @Column(name = "updated_at")
    private OffsetDateTime updatedAt;

    protected ChannelRow() {}

    ChannelRow(String id, ChannelFields.Read fields, Instant now) {
        this.id = id;
        this.createdAt = NotificationRow.moment(now);
        change(fields, now);
    }

    final void change(ChannelFields.Read fields, Instant now) {
        name = fields.name();
        type = fields.type();
        credentialRef = fields.credentialRef();
        settings = text(fields.settings());
        updatedAt = NotificationRow.moment(now);
    }

    /** Settings as they are kept. */
    static String text(JsonObject settings) {
        return new String(JsonText.bytes(settings), StandardCharsets.UTF_8);
    }

    String id() {
        return id;
    }

    String name() {
        return name;
    }

    String type() {
        return type;
    }

    JsonObject settings() {
        return JsonText.parse(settings);
    }

    @Nullable
    String credentialRef() {
        return credentialRef;
    }

    long version() {
        return version;
    }

    Instant createdAt() {
        return createdAt.toInstant();
    }

    Instant updatedAt() {
        return updatedAt.toInstant();
    }

    Channel channel() {
        return ChannelJson.channel(name, type, credentialRef, settings());
    }
}
