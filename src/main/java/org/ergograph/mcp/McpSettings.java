package org.ergograph.mcp;

import java.time.Duration;
import java.util.List;

/**
 * What bounds the MCP endpoint. Immutable.
 *
 * @param maxBodyBytes the largest body of a request
 * @param callTimeout how long a request may take before it is answered with an error
 * @param maxCalls how many requests may be waiting for their result at once
 * @param maxStreams how many streams of notifications may be open at once
 * @param keepAlive the pause after which an idle stream gets a comment, so that both sides learn if the other is gone
 * @param allowedOrigins web origins whose pages may call besides this machine's own, {@code https://host:port}
 */
public record McpSettings(
        int maxBodyBytes,
        Duration callTimeout,
        int maxCalls,
        int maxStreams,
        Duration keepAlive,
        List<String> allowedOrigins) {
    public McpSettings {
        allowedOrigins = List.copyOf(allowedOrigins);
    }
}
