package org.ergograph.mcp;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.ergograph.tool.Listing;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;

/** What a revision of the protocol takes for valid, and how it wants its results. Immutable. */
sealed interface Era permits ModernEra, LegacyEra {
    /** The key of {@code _meta} under which modern clients say their revision. */
    String META_VERSION = "io.modelcontextprotocol/protocolVersion";

    /** How long a result may be kept. */
    enum Keeping {
        /** Results that have no such hint. */
        UNSAID,
        /** Until something else is said. */
        NOT,
        /** Lists. */
        SHORT,
        /** What changes with the version only. */
        LONG
    }

    /** The revision, {@code 2025-11-25} say. */
    String version();

    /** Whether there is such a method in this era. */
    boolean has(String method);

    /** @throws Refusal if headers and body do not say what they must */
    void check(Message.Request request, Inbound inbound);

    /** A page of a list, as the text of a result. */
    String list(String field, Listing.Page page);

    /** A result as it is to be sent. */
    String result(JsonObject result, Keeping keeping);

    /** The methods that all revisions have. */
    Set<String> COMMON = Set.of(
            "tools/list",
            "tools/call",
            "resources/list",
            "resources/templates/list",
            "resources/read",
            "prompts/list",
            "prompts/get",
            "completion/complete");

    /**
     * The era of a message.
     *
     * @param known the revision that the client's session began with; null if unknown here
     * @throws Refusal 400 if the headers name a revision that there is not
     */
    static Era of(Message message, Inbound inbound, @Nullable String known, Map<String, Era> eras) {
        JsonObject params = message instanceof Message.Request request
                ? request.params()
                : message instanceof Message.Notification notification
                        ? notification.params()
                        : JsonValue.EMPTY_JSON_OBJECT;
        String said = said(params);
        String header = inbound.version();
        if (header == null) {
            return Objects.requireNonNull(eras.get(unannounced(message, params, said, known)));
        }
        if (said != null && !said.equals(header)) {
            throw mismatch(Inbound.VERSION, header, META_VERSION, said);
        }
        Era era = eras.get(header);
        if (era == null) {
            throw unsupported(header);
        }
        return era;
    }

    private static String unannounced(
            Message message, JsonObject params, @Nullable String said, @Nullable String known) {
        String method = message instanceof Message.Request request ? request.method() : "";
        if (method.equals("initialize")) {
            return params.get("protocolVersion") instanceof JsonString asked
                            && Revisions.LEGACY.contains(asked.getString())
                    ? asked.getString()
                    : Revisions.LATEST_LEGACY;
        }
        if (said != null || method.equals("server/discover")) {
            return Revisions.MODERN;
        }
        return known == null ? Revisions.OLDEST : known;
    }

    private static @Nullable String said(JsonObject params) {
        return params.get("_meta") instanceof JsonObject meta && meta.get(META_VERSION) instanceof JsonString version
                ? version.getString()
                : null;
    }

    static Refusal unsupported(String version) {
        String requested = version.length() > 100 ? version.substring(0, 100) : version;
        return new Refusal(
                400,
                Refusal.UNSUPPORTED_VERSION,
                "protocol version " + requested + " is not supported: must be one of "
                        + String.join(", ", Revisions.ALL),
                JsonText.object()
                        .add("supported", Revisions.array())
                        .add("requested", requested)
                        .build());
    }

    static Refusal mismatch(String header, @Nullable String value, String field, String body) {
        return new Refusal(
                400,
                Refusal.HEADER_MISMATCH,
                value == null
                        ? "the header " + header + " is missing: must be the same as " + field
                        : "the header " + header + " is '" + cut(value) + "' and " + field + " is '" + cut(body)
                                + "': must be the same");
    }

    private static String cut(String text) {
        return text.length() > 100 ? text.substring(0, 100) + "..." : text;
    }
}
