package org.ergograph.mcp;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the HTTP request around a message says. Of use until its thread has left it.
 *
 * @param version {@code MCP-Protocol-Version}; null if absent
 * @param session {@code Mcp-Session-Id}; null if absent, or none that could be ours
 * @param json whether the client takes an answer as JSON
 * @param stream whether the client takes an answer as a stream of events
 * @param header gives a header's value without space around it, null if it is absent
 * @param principal who asks; null if anonymous
 * @param bytes size of the body
 */
record Inbound(
        @Nullable String version,
        @Nullable String session,
        boolean json,
        boolean stream,
        UnaryOperator<@Nullable String> header,
        @Nullable String principal,
        long bytes) {
    static final String VERSION = "MCP-Protocol-Version";
    static final String METHOD = "Mcp-Method";
    static final String NAME = "Mcp-Name";
    static final String SESSION = "Mcp-Session-Id";
    private static final int MAX_SESSION_LENGTH = 128;

    static Inbound of(HttpServletRequest request, long bytes) {
        Principal user = request.getUserPrincipal();
        String accept = accept(request);
        return new Inbound(
                stripped(request, VERSION),
                session(request),
                accepts(accept, "application/json", "application/*"),
                accepts(accept, "text/event-stream", "text/*"),
                name -> stripped(request, name),
                user == null ? null : user.getName(),
                bytes);
    }

    private static String accept(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return accept == null ? "" : accept.toLowerCase(Locale.ROOT);
    }

    private static boolean accepts(String accept, String type, String range) {
        return accept.contains(type) || accept.contains("*/*") || accept.contains(range);
    }

    /** The id of the session that the request names, if one could have been given by us. */
    static @Nullable String session(HttpServletRequest request) {
        String session = stripped(request, SESSION);
        return session != null
                        && !session.isEmpty()
                        && session.length() <= MAX_SESSION_LENGTH
                        && session.chars().allMatch(c -> c > 0x20 && c < 0x7f)
                ? session
                : null;
    }

    private static @Nullable String stripped(HttpServletRequest request, String name) {
        String value = request.getHeader(name);
        return value == null ? null : value.strip();
    }
}
