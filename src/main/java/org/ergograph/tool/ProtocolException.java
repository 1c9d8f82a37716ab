package org.ergograph.tool;

import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** A request that is answered with a JSON-RPC error. Its message and data are for the client to see. */
public final class ProtocolException extends RuntimeException {
    /** The request is no valid JSON-RPC request. */
    public static final int INVALID_REQUEST = -32600;
    /** There is no such method. */
    public static final int METHOD_NOT_FOUND = -32601;
    /** The parameters are wrong, or name something that is not there. */
    public static final int INVALID_PARAMS = -32602;
    /** This server failed. */
    public static final int INTERNAL_ERROR = -32603;

    private final int code;
    private final transient @Nullable JsonValue data;

    public ProtocolException(int code, String message) {
        this(code, message, null);
    }

    /** @param data details in the form that the error's code calls for; null if there are none */
    public ProtocolException(int code, String message, @Nullable JsonValue data) {
        super(message, null, false, false);
        this.code = code;
        this.data = data;
    }

    /** The code as JSON-RPC and MCP assign it. */
    public int code() {
        return code;
    }

    public @Nullable JsonValue data() {
        return data;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
