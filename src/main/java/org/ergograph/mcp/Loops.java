package org.ergograph.mcp;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.tool.ProtocolException;

/** Refuses what this server has sent itself: an upstream that is this server would call itself without end. Thread-safe. */
final class Loops {
    /** Loop Detected, of RFC 5842. */
    private static final int STATUS = 508;

    private final String instanceId;

    Loops(NodeIdentity node) {
        this.instanceId = node.instanceId();
    }

    /** Throws a {@link Refusal} if the request comes from here. */
    void check(HttpServletRequest request) {
        Enumeration<String> via = request.getHeaders(NodeIdentity.VIA_HEADER);
        while (via != null && via.hasMoreElements()) {
            if (via.nextElement().equals(instanceId)) {
                throw new Refusal(
                        STATUS, ProtocolException.INVALID_REQUEST, "the request comes from this server itself");
            }
        }
    }
}
