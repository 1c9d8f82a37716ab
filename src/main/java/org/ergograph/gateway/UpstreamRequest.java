package org.ergograph.gateway;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A request to an upstream server. Immutable.
 *
 * @param method of JSON-RPC
 * @param params without what belongs to the transport ({@code _meta} of the revision); a {@code _meta} of the caller is kept
 * @param timeout from now to the last byte of the answer
 * @param maxBytes how long the answer may be
 * @param traceparent in W3C format, sent on as the revision has it
 * @param progress takes the {@code params} of each progress notification, without its token; null if nobody wants to hear
 */
record UpstreamRequest(
        String method,
        JsonObject params,
        Duration timeout,
        int maxBytes,
        String traceparent,
        @Nullable Consumer<JsonObject> progress) {}
