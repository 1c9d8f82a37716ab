package org.ergograph.gateway;

import java.util.Locale;

/** How a call to an upstream server ended. */
enum Outcome {
    SUCCESS,
    TIMEOUT,
    TRANSPORT,
    PROTOCOL,
    REFUSED,
    TOO_LARGE,
    CANCELLED,
    /** The server answered that its tool failed. */
    TOOL_ERROR;

    /** The error type of the record. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Outcome of(UpstreamException.Reason reason) {
        return switch (reason) {
            case TIMEOUT -> TIMEOUT;
            case TRANSPORT -> TRANSPORT;
            case PROTOCOL -> PROTOCOL;
            case REFUSED -> REFUSED;
            case TOO_LARGE -> TOO_LARGE;
            case CANCELLED -> CANCELLED;
        };
    }

    /** Whether the server did not answer. */
    boolean unanswered() {
        return this == TIMEOUT || this == TRANSPORT;
    }
}
