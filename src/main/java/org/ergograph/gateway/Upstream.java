package org.ergograph.gateway;

import jakarta.json.JsonObject;

/** A conversation with one upstream server, open between calls. Thread-safe. */
interface Upstream extends AutoCloseable {
    /** The revision of the protocol that both speak. */
    String protocolVersion();

    /** What the server says it can do. */
    JsonObject capabilities();

    /** Sends a request; returns at once. */
    PendingCall request(UpstreamRequest request);

    /** Ends the conversation; what is pending fails as {@link UpstreamException.Reason#TRANSPORT}. */
    @Override
    void close();
}
