package org.ergograph.app;

import java.time.Duration;
import java.util.List;
import org.ergograph.mcp.McpSettings;
import org.ergograph.recorder.ConfigKey;
import org.ergograph.recorder.ConfigValues;
import org.ergograph.security.OriginRule;

/** The configuration keys of the MCP endpoint. */
final class McpConfig {
    static final ConfigKey MAX_BODY = new ConfigKey(
            "ergograph.mcp.max-body-bytes",
            "4194304",
            "a number from 1024 to 1073741824",
            "The largest body of an MCP request, in bytes; larger ones are answered 413.");

    static final ConfigKey CALL_TIMEOUT = new ConfigKey(
            "ergograph.mcp.call-timeout",
            "PT65M",
            "an ISO-8601 duration from PT1S to PT24H",
            "How long an MCP request may take before it is cancelled and answered with an error.");

    static final ConfigKey CALLS = new ConfigKey(
            "ergograph.mcp.calls",
            "2000",
            "a number from 1 to 100000",
            "How many MCP requests may wait for their result at once; more are answered 503.");

    static final ConfigKey STREAMS = new ConfigKey(
            "ergograph.mcp.streams",
            "2000",
            "a number from 1 to 100000",
            "How many streams of notifications may be open at once; more are answered 503.");

    static final ConfigKey KEEP_ALIVE = new ConfigKey(
            "ergograph.mcp.keep-alive",
            "PT15S",
            "an ISO-8601 duration from PT1S to PT10M",
            "The pause after which an idle stream gets a comment, which keeps proxies from closing it.");

    static final ConfigKey ALLOWED_ORIGINS = new ConfigKey(
            "ergograph.mcp.allowed-origins",
            "",
            "a comma-separated list of origins, `https://host:port`",
            "Web origins whose pages may call the MCP endpoint, besides this machine's own or, with `open-any`, the server's.");

    private McpConfig() {}

    static List<ConfigKey> keys() {
        return List.of(MAX_BODY, CALL_TIMEOUT, CALLS, STREAMS, KEEP_ALIVE, ALLOWED_ORIGINS);
    }

    static McpSettings read(ConfigValues values) {
        List<String> origins = values.list(ALLOWED_ORIGINS);
        if (!origins.stream().allMatch(OriginRule::isOrigin)) {
            values.fault(ALLOWED_ORIGINS, values.text(ALLOWED_ORIGINS));
        }
        return new McpSettings(
                values.integer(MAX_BODY, 1024, 1 << 30),
                values.duration(CALL_TIMEOUT, Duration.ofSeconds(1), Duration.ofHours(24)),
                values.integer(CALLS, 1, 100_000),
                values.integer(STREAMS, 1, 100_000),
                values.duration(KEEP_ALIVE, Duration.ofSeconds(1), Duration.ofMinutes(10)),
                origins);
    }
}
