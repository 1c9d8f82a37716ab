package org.ergograph.mcp;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.ergograph.observation.Timing;
import org.ergograph.tool.ProtocolException;
import org.jspecify.annotations.Nullable;

/** One POST: finds out what came, and has it taken care of. Used by its request's thread only. */
final class Visit {
    private final Transport transport;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final Inbound inbound;

    Visit(Transport transport, HttpServletRequest request, HttpServletResponse response, Inbound inbound) {
        this.transport = transport;
        this.request = request;
        this.response = response;
        this.inbound = inbound;
    }

    /** @throws Refusal 404 if the session was ended here */
    static LegacySession session(LegacySessions sessions, String id) {
        if (sessions.ended(id)) {
            throw new Refusal(404, ProtocolException.INVALID_REQUEST, "the session has ended: begin with initialize");
        }
        return sessions.of(id);
    }

    private @Nullable LegacySession session() {
        String id = inbound.session();
        return id == null || Revisions.MODERN.equals(inbound.version()) ? null : session(transport.sessions(), id);
    }

    /** Takes care of one message. */
    void single(JsonValue value) throws IOException {
        Message message;
        LegacySession session;
        Era era;
        try {
            message = MessageReader.message(value);
            session = session();
            era = transport.era(message, inbound, session);
            if (message instanceof Message.Request asked) {
                era.check(asked, inbound);
            }
        } catch (Refusal refusal) {
            refuse(refusal, value, (status, text) -> McpServlet.write(response, status, text));
            return;
        }
        if (!(message instanceof Message.Request asked)) {
            take(message, session);
            response.setStatus(HttpServletResponse.SC_ACCEPTED);
        } else if (asked.method().equals("subscriptions/listen") && era instanceof ModernEra) {
            listen(asked);
        } else {
            PostOutlet outlet = outlet();
            Turn turn = turn(asked, era, session, outlet);
            outlet.whenGone(() -> transport.requests().abandon(turn));
            transport.requests().take(turn);
        }
    }

    /** Takes care of several messages, in the one revision that has that. */
    void batch(JsonArray array) throws IOException {
        List<JsonValue> values;
        LegacySession session;
        try {
            session = session();
            String version = inbound.version();
            String spoken = version != null
                    ? version
                    : session == null || session.version() == null ? Revisions.OLDEST : session.version();
            if (!Revisions.OLDEST.equals(spoken)) {
                throw new Refusal(
                        400,
                        ProtocolException.INVALID_REQUEST,
                        "the body is an array: must be one message; only revision " + Revisions.OLDEST
                                + " has batches");
            }
            values = MessageReader.batch(array);
        } catch (Refusal refusal) {
            refuse(refusal, array, (status, text) -> McpServlet.write(response, status, text));
            return;
        }
        Batch batch = new Batch(outlet());
        boolean answers = false;
        for (JsonValue value : values) {
            answers |= part(value, session, batch);
        }
        if (answers) {
            batch.complete();
        } else {
            response.setStatus(HttpServletResponse.SC_ACCEPTED);
        }
    }

    /** One message of a batch; whether it is answered. */
    private boolean part(JsonValue value, @Nullable LegacySession session, Batch batch) throws IOException {
        try {
            Message message = MessageReader.message(value);
            if (!(message instanceof Message.Request asked)) {
                take(message, session);
                return false;
            }
            if (asked.method().equals("initialize")) {
                throw new Refusal(400, ProtocolException.INVALID_REQUEST, "initialize must not be part of a batch");
            }
            transport.requests().take(turn(asked, transport.era(message, inbound, session), session, batch.place()));
        } catch (Refusal refusal) {
            Outlet place = batch.place();
            refuse(refusal, value, (status, text) -> place.answer(status, text, null, bytes -> {}));
        }
        return true;
    }

    private PostOutlet outlet() {
        return new PostOutlet(
                request,
                response,
                inbound,
                transport.executor(),
                transport.connections(),
                transport.settings().keepAlive().toNanos());
    }

    private Turn turn(Message.Request asked, Era era, @Nullable LegacySession session, Outlet outlet) {
        return new Turn(asked, era, session, inbound, outlet, System.nanoTime());
    }

    /** Takes what needs no answer. */
    private void take(Message message, @Nullable LegacySession session) {
        if (message instanceof Message.Response answer) {
            transport.asking().answered(answer);
        } else if (message instanceof Message.Notification notification
                && notification.method().equals("notifications/cancelled")) {
            transport.requests().cancelled(session, notification.params().get("requestId"));
        }
    }

    private void listen(Message.Request asked) throws IOException {
        Measuring measuring = transport.requests().measuring();
        JsonValue meta = asked.params().get("_meta");
        Timing timing = measuring.start(
                asked.method(),
                meta instanceof JsonObject given ? given : JsonValue.EMPTY_JSON_OBJECT,
                inbound.bytes());
        Subscription.Asked wanted;
        try {
            wanted = Subscription.of(asked);
            if (!inbound.stream()) {
                throw new Refusal(406, ProtocolException.INVALID_REQUEST, "Accept must name text/event-stream");
            }
            McpServlet.claim(transport, response);
        } catch (ProtocolException | Refusal e) {
            Reply reply = Reply.failed(e);
            String text = reply.text(asked.id());
            McpServlet.write(response, reply.status(), text);
            measuring.stop(timing, reply.errorType(), text.length(), false);
            return;
        }
        AsyncContext context = request.startAsync(request, response);
        context.setTimeout(0);
        // It is answered by the acknowledgement; how long the stream is open afterwards is measured as a connection.
        measuring.stop(timing, null, wanted.acknowledged().length(), false);
        transport.subscriptions().open(context, wanted.subscription(), wanted.acknowledged(), null);
    }

    /** Writes an answer. */
    private interface Writer {
        void write(int status, String text) throws IOException;
    }

    private void refuse(Refusal refusal, JsonValue value, Writer writer) throws IOException {
        String method = value instanceof JsonObject object && object.get("method") instanceof JsonString name
                ? name.getString()
                : "";
        Measuring measuring = transport.requests().measuring();
        Timing timing = measuring.start(method, JsonValue.EMPTY_JSON_OBJECT, inbound.bytes());
        String text = Reply.refused(refusal).text(MessageReader.idOf(value));
        writer.write(refusal.status(), text);
        measuring.stop(timing, Integer.toString(refusal.code()), text.length(), false);
    }
}
