package org.ergograph.outbound;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to another server whose answer nobody waits for on a thread. Immutable.
 *
 * @param method of HTTP
 * @param url judged by the policy before anything is sent
 * @param headers by name
 * @param body null if it has none; its content must not change
 * @param deadline how long it may take in all, from asking for the address to the last byte
 */
public record ExchangeRequest(
        String method,
        String url,
        Map<String, String> headers,
        @Nullable ByteBuffer body,
        Duration deadline) {
    public ExchangeRequest {
        headers = Map.copyOf(headers);
        body = body == null ? null : body.asReadOnlyBuffer();
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("deadline is " + deadline + ": must be positive");
        }
    }
}
