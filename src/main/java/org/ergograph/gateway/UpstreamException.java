package org.ergograph.gateway;

import jakarta.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A request to an upstream server that got no result. Its message may be shown to clients. */
final class UpstreamException extends RuntimeException {
    /** Why; in lower case an error type of the record. */
    enum Reason {
        /** No answer, or no whole one, within the timeout. */
        TIMEOUT,
        /** The connection could not be made, or broke; HTTP said that the server is out (502, 503, 504). */
        TRANSPORT,
        /** The answer was none that the protocol allows, or an error that it defines. */
        PROTOCOL,
        /** The server refused: 401, 403, 429, a redirect. */
        REFUSED,
        /** The answer was longer than allowed. */
        TOO_LARGE,
        /** The caller no longer wanted the answer. */
        CANCELLED;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Reason reason;
    private final transient @Nullable JsonObject error;

    UpstreamException(Reason reason, String message) {
        this(reason, message, null);
    }

    /** @param error the JSON-RPC error that the server answered; null if it was another failure */
    UpstreamException(Reason reason, String message, @Nullable JsonObject error) {
        super(message, null, false, false);
        this.reason = reason;
        this.error = error;
    }

    Reason reason() {
        return reason;
    }

    @Nullable
    JsonObject error() {
        return error;
    }
}
