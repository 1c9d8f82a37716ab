package org.ergograph.gateway;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Optional;
import org.ergograph.tool.Answer;
import org.ergograph.tool.ProtocolException;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;

/** What a client is told of the end of a call to an upstream server. Pure. */
final class Replies {
    private static final int MAX_TEXT = 1_000;
    private static final String TOOLS = "tools/call";
    private static final String RESULT_TYPE = "resultType";

    private Replies() {}

    /**
     * An answer, or the fault that is told instead of it.
     *
     * @param fault what the client's request is answered with; empty if it is the answer
     */
    record Reply(Outcome outcome, Answer answer, Optional<RuntimeException> fault) {}

    /** A result of the server. */
    static Reply of(Route route, JsonObject result) {
        if (result.get(RESULT_TYPE) instanceof JsonString type
                && !type.getString().equals("complete")) {
            route.link().refused(type.getString());
            return failed(
                    route,
                    new UpstreamException(
                            UpstreamException.Reason.PROTOCOL,
                            "it asks for input, which this gateway does not pass on"));
        }
        JsonObject plain = result.containsKey(RESULT_TYPE)
                ? JsonText.object(result).remove(RESULT_TYPE).build()
                : result;
        boolean error = route.method().equals(TOOLS) && plain.get("isError") == JsonValue.TRUE;
        Outcome outcome = error ? Outcome.TOOL_ERROR : Outcome.SUCCESS;
        return new Reply(outcome, new Answer.Complete(plain, error ? outcome.label() : null), Optional.empty());
    }

    /** No result. */
    static Reply failed(Route route, UpstreamException e) {
        Outcome outcome = Outcome.of(e.reason());
        JsonObject error = e.error();
        if (error != null && error.get("code") instanceof JsonNumber code && isOfTheRequest(code.intValue())) {
            // The request itself is at fault: the client hears so in the words of the server.
            String message = error.get("message") instanceof JsonString text ? text.getString() : "invalid params";
            return fault(
                    outcome,
                    new ProtocolException(
                            code.intValue(), route.link().server().name() + ": " + shown(message), error.get("data")));
        }
        return failed(route, outcome, "%s: %s".formatted(outcome.label(), shown(text(e, error))));
    }

    /** Not sent. */
    static Reply refused(Route route, Guard.Refusal refusal, int limit) {
        String why = switch (refusal) {
            case BULKHEAD ->
                "%d calls to it are under way, the most that are allowed; try again later".formatted(limit);
            case CIRCUIT_OPEN -> "calls to it have failed again and again; it is tried again within seconds";
        };
        return failed(route, Outcome.REFUSED, Outcome.REFUSED.label() + ": " + why);
    }

    private static Reply failed(Route route, Outcome outcome, String why) {
        String text = "%s of the server %s was not done: %s"
                .formatted(route.label(), route.link().server().name(), why);
        if (route.method().equals(TOOLS)) {
            return new Reply(outcome, Answer.toolError(text, outcome.label()), Optional.empty());
        }
        return fault(outcome, new ProtocolException(ProtocolException.INTERNAL_ERROR, text));
    }

    private static Reply fault(Outcome outcome, ProtocolException fault) {
        return new Reply(outcome, Answer.toolError("", outcome.label()), Optional.of(fault));
    }

    /** Wrong parameters, and a resource that is not there (of earlier revisions). */
    private static boolean isOfTheRequest(int code) {
        return code == ProtocolException.INVALID_PARAMS || code == -32002;
    }

    private static String text(UpstreamException e, @Nullable JsonObject error) {
        if (error != null && error.get("message") instanceof JsonString message) {
            return message.getString();
        }
        return String.valueOf(e.getMessage());
    }

    /** Without control characters, and cut. */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(MAX_TEXT).forEach(c -> shown.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return text.codePointCount(0, text.length()) > MAX_TEXT ? shown + "..." : shown.toString();
    }
}
