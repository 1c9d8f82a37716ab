package org.ergograph.mcp;

import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.ergograph.tool.ProtocolException;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request, but for its id. Immutable.
 *
 * @param status of HTTP, where the answer is not part of a stream
 * @param member {@code "result":...} or {@code "error":...}
 * @param errorType why it failed, in one word of low cardinality; null if it did not
 */
record Reply(int status, String member, @Nullable String errorType) {
    private static final System.Logger LOG = System.getLogger(Reply.class.getName());

    /** @param result the text of a JSON object */
    static Reply of(String result) {
        return of(result, null);
    }

    static Reply of(String result, @Nullable String errorType) {
        return new Reply(200, "\"result\":" + result, errorType);
    }

    static Reply error(int status, int code, String message, @Nullable JsonValue data) {
        return new Reply(status, "\"error\":" + body(code, message, data), Integer.toString(code));
    }

    static Reply refused(Refusal refusal) {
        return error(refusal.status(), refusal.code(), refusal.getMessage(), refusal.data());
    }

    /** An error of the protocol as it is; of any other failure nothing is told. */
    static Reply failed(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof Refusal refusal) {
            return refused(refusal);
        }
        if (cause instanceof ProtocolException protocol) {
            return error(200, protocol.code(), protocol.getMessage(), protocol.data());
        }
        LOG.log(System.Logger.Level.DEBUG, "a request failed", cause);
        return error(200, ProtocolException.INTERNAL_ERROR, "internal error", null);
    }

    private static String body(int code, String message, @Nullable JsonValue data) {
        JsonObjectBuilder error = JsonText.object().add("code", code).add("message", message);
        if (data != null) {
            error.add("data", data);
        }
        return error.build().toString();
    }

    /** The whole message. */
    String text(JsonValue id) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + "," + member + "}";
    }
}
