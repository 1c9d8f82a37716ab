package org.ergograph.registry;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;

/** An upstream MCP server as it is registered. Not thread-safe. */
@Entity
@Table(name = "upstream_server")
@SuppressWarnings("NullAway.Init") // filled by the persistence provider
class UpstreamServer {
    @Id
    private String id;

    private String name;
    private String url;
    private String transport;
    private String status;

    @Column(name = "status_reason")
    private @Nullable String statusReason;

    @Column(name = "credential_ref")
    private @Nullable String credentialRef;

    @Column(name = "timeout_millis")
    private long timeoutMillis;

    @Version
    private long version;

    @Column(name = "created_at")
    private OffsetDateTime createdAt;

    @Column(name = "updated_at")
    private OffsetDateTime updatedAt;

    @Column(name = "checked_at")
    private OffsetDateTime checkedAt;

    @ElementCollection
    @CollectionTable(name = "upstream_server_tag", joinColumns = @JoinColumn(name = "server_id"))
    @Column(name = "tag")
    private Set<String> tags = new HashSet<>();

    protected UpstreamServer() {}

    /** A server that was just probed. */
    UpstreamServer(String id, Draft draft, Status probed, Instant now) {
        this.id = id;
        this.createdAt = moment(now);
        change(draft, now);
        checked(probed, now);
    }

    /** Databases keep microseconds: what is answered now is what is read later. */
    private static OffsetDateTime moment(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    final void change(Draft draft, Instant now) {
        name = draft.name();
        url = draft.url();
        transport = draft.transport();
        credentialRef = draft.credentialRef();
        timeoutMillis = draft.timeout().toMillis();
        updatedAt = moment(now);
        tags.retainAll(draft.tags());
        tags.addAll(draft.tags());
    }

    final void checked(Status probed, Instant now) {
        status = probed.word();
        statusReason = probed.reason();
        checkedAt = moment(now);
    }

    String id() {
        return id;
    }

    String name() {
        return name;
    }

    String url() {
        return url;
    }

    long version() {
        return version;
    }

    /** As the gateway needs to know it. */
    RegisteredServer registered() {
        return new RegisteredServer(
                id,
                name,
                url,
                transport,
                tags.stream().sorted().toList(),
                credentialRef,
                Duration.ofMillis(timeoutMillis),
                version);
    }

    /** As it goes over the wire. */
    JsonObject json() {
        JsonArrayBuilder tagList = JsonText.array();
        tags.stream().sorted().forEach(tagList::add);
        JsonObjectBuilder json = JsonText.object()
                .add("id", id)
                .add("name", name)
                .add("url", url)
                .add("transport", transport)
                .add("status", status);
        addText(json, "statusReason", statusReason);
        json.add("tags", tagList);
        addText(json, "credentialRef", credentialRef);
        return json.add("timeout", Duration.ofMillis(timeoutMillis).toString())
                .add("version", version)
                .add("createdAt", createdAt.toInstant().toString())
                .add("updatedAt", updatedAt.toInstant().toString())
                .add("checkedAt", checkedAt.toInstant().toString())
                .build();
    }

    private static void addText(JsonObjectBuilder json, String field, @Nullable String text) {
        if (text == null) {
            json.addNull(field);
        } else {
            json.add(field, text);
        }
    }
}
