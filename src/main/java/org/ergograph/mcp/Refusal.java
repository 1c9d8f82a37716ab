package org.ergograph.mcp;

import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** A message that is refused before anything is done for it. Its text is for the client to see. */
final class Refusal extends RuntimeException {
    /** The text is no JSON. */
    static final int PARSE_ERROR = -32700;
    /** The headers say something else than the body. */
    static final int HEADER_MISMATCH = -32020;
    /** The client did not declare a capability that the request calls for. */
    static final int MISSING_CAPABILITY = -32021;
    /** The revision of the protocol is none of ours. */
    static final int UNSUPPORTED_VERSION = -32022;

    private final int status;
    private final int code;
    private final transient @Nullable JsonValue data;

    /**
     * @param status of HTTP
     * @param code of JSON-RPC
     */
    Refusal(int status, int code, String message) {
        this(status, code, message, null);
    }

    Refusal(int status, int code, String message, @Nullable JsonValue data) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.data = data;
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }

    @Nullable
    JsonValue data() {
        return data;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
