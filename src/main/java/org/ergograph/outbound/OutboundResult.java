package org.ergograph.outbound;

import java.time.Duration;
import java.util.Map;

/** What became of a request to another server. Its texts tell nothing of this server's inside. */
public sealed interface OutboundResult {
    /**
     * It answered, with whatever status.
     *
     * @param headers by name in lower case; of one that came twice the last
     * @param body its beginning as UTF-8, malformed parts replaced
     * @param whole whether that is all of it
     */
    record Reached(int status, Map<String, String> headers, String body, boolean whole, Duration duration)
            implements OutboundResult {
        public Reached {
            headers = Map.copyOf(headers);
        }
    }

    /** The policy forbids it, and nothing was sent. */
    record Refused(OutboundPolicy.Refused refusal) implements OutboundResult {}

    /** It did not answer. */
    record Failed(Cause cause, Duration duration) implements OutboundResult {
        /** Why, for people. */
        public String reason() {
            return cause.reason();
        }
    }

    /** Why another server did not answer. */
    enum Cause {
        DNS("its name is not known"),
        CONNECT("it refused the connection, or there is no way to it"),
        TLS("no TLS connection could be agreed"),
        TIMEOUT("it did not answer in time"),
        PROTOCOL("it did not answer in HTTP"),
        BROKEN("the connection broke"),
        BUSY("too many requests are under way"),
        CANCELLED("nobody wants the answer any more");

        private final String reason;

        Cause(String reason) {
            this.reason = reason;
        }

        public String reason() {
            return reason;
        }
    }
}
