package org.ergograph.mcp;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.web.JsonText;

/** What clients are told of this server before they ask for anything. Immutable. */
final class ServerInfo {
    private static final String INSTRUCTIONS =
            "Ergograph records how fast things went: requests, database operations, workflow steps and the tools offered here."
                    + " Tools whose names begin with km_ report on that record, verdict first. Names of the form"
                    + " server__tool belong to upstream servers that are reached through this one; every call of them is"
                    + " measured.";

    private final JsonObject identity;
    private final JsonObject modernCapabilities;
    private final JsonObject legacyCapabilities;

    ServerInfo(NodeIdentity node) {
        this.identity = JsonText.object()
                .add("name", "ergograph")
                .add("title", "Ergograph")
                .add("version", node.version())
                .build();
        this.modernCapabilities = JsonText.object()
                .add("tools", JsonText.object().add("listChanged", true))
                .add("resources", JsonText.object().add("subscribe", true).add("listChanged", true))
                .add("prompts", JsonText.object().add("listChanged", true))
                .add("completions", JsonValue.EMPTY_JSON_OBJECT)
                .build();
        this.legacyCapabilities = JsonText.object()
                .add("tools", JsonText.object().add("listChanged", true))
                .add("resources", JsonText.object().add("subscribe", true).add("listChanged", true))
                .add("prompts", JsonText.object().add("listChanged", true))
                .add("completions", JsonValue.EMPTY_JSON_OBJECT)
                .add("logging", JsonValue.EMPTY_JSON_OBJECT)
                .build();
    }

    /** Name and version. */
    JsonObject identity() {
        return identity;
    }

    /** The result of {@code initialize}. */
    String initialized(String version) {
        return JsonText.object()
                .add("protocolVersion", version)
                .add("capabilities", legacyCapabilities)
                .add("serverInfo", identity)
                .add("instructions", INSTRUCTIONS)
                .build()
                .toString();
    }

    /** The result of {@code server/discover}, but for what every result has. */
    JsonObject discovered() {
        return JsonText.object()
                .add("supportedVersions", Revisions.array())
                .add("capabilities", modernCapabilities)
                .add("instructions", INSTRUCTIONS)
                .build();
    }
}
