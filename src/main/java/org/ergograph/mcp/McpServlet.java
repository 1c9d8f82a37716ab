package org.ergograph.mcp;

import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonValue;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.observation.Timing;
import org.ergograph.security.SecuritySettings;
import org.ergograph.tool.ProtocolException;
import org.jspecify.annotations.Nullable;

/** The MCP endpoint: Streamable HTTP in both eras. Thread-safe. */
@WebServlet(urlPatterns = "/mcp", asyncSupported = true)
public class McpServlet extends HttpServlet {
    private final Transport transport;
    private final Origins origins;
    private final Loops loops;

    @Inject
    McpServlet(Transport transport, SecuritySettings security, NodeIdentity node) {
        this.transport = transport;
        this.loops = new Loops(node);
        this.origins = new Origins(security, transport.settings());
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!origins.admit(request, response)) {
            return;
        }
        try {
            loops.check(request);
            switch (request.getMethod()) {
                case "POST" -> post(request, response);
                case "GET" -> get(request, response);
                case "DELETE" -> delete(request, response);
                case "OPTIONS" -> origins.preflight(request, response);
                default -> throw notAllowed(response);
            }
        } catch (Refusal refusal) {
            refuse(response, refusal, JsonValue.NULL);
        }
    }

    private static Refusal notAllowed(HttpServletResponse response) {
        response.setHeader("Allow", "POST, GET, DELETE, OPTIONS");
        return new Refusal(405, ProtocolException.INVALID_REQUEST, "the method must be POST, GET, DELETE or OPTIONS");
    }

    private static void refuse(HttpServletResponse response, Refusal refusal, JsonValue id) throws IOException {
        write(response, refusal.status(), Reply.refused(refusal).text(id));
    }

    static void write(HttpServletResponse response, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
        JsonValue value;
        Inbound inbound;
        long length = 0;
        try {
            String type = request.getContentType();
            if (type == null || !isJson(type)) {
                throw new Refusal(415, ProtocolException.INVALID_REQUEST, "Content-Type must be application/json");
            }
            byte[] body = body(request);
            length = body.length;
            inbound = Inbound.of(request, length);
            if (!inbound.json() && !inbound.stream()) {
                throw new Refusal(
                        406,
                        ProtocolException.INVALID_REQUEST,
                        "Accept must name application/json and text/event-stream");
            }
            value = MessageReader.parse(body);
        } catch (Refusal refusal) {
            String text = Reply.refused(refusal).text(JsonValue.NULL);
            Measuring measuring = transport.requests().measuring();
            Timing timing = measuring.start("", JsonValue.EMPTY_JSON_OBJECT, length);
            write(response, refusal.status(), text);
            measuring.stop(timing, Integer.toString(refusal.code()), text.length(), false);
            return;
        }
        Visit visit = new Visit(transport, request, response, inbound);
        if (value instanceof JsonArray array) {
            visit.batch(array);
        } else {
            visit.single(value);
        }
    }

    private static boolean isJson(String contentType) {
        int end = contentType.indexOf(';');
        String type = end < 0 ? contentType : contentType.substring(0, end);
        return type.strip().toLowerCase(Locale.ROOT).equals("application/json");
    }

    private byte[] body(HttpServletRequest request) throws IOException {
        int max = transport.settings().maxBodyBytes();
        if (request.getContentLengthLong() <= max) {
            byte[] body = request.getInputStream().readNBytes(max + 1);
            if (body.length <= max) {
                return body;
            }
        }
        throw new Refusal(
                413, ProtocolException.INVALID_REQUEST, "the body is too large: must be at most " + max + " bytes");
    }

    private void get(HttpServletRequest request, HttpServletResponse response) {
        Inbound inbound = Inbound.of(request, 0);
        String version = inbound.version();
        if (Revisions.MODERN.equals(version)) {
            throw notAllowed(response);
        }
        if (version != null && !Revisions.LEGACY.contains(version)) {
            throw Era.unsupported(version);
        }
        String accept = request.getHeader("Accept");
        if (accept == null || !accept.toLowerCase(Locale.ROOT).contains("text/event-stream")) {
            throw new Refusal(406, ProtocolException.INVALID_REQUEST, "Accept must name text/event-stream");
        }
        LegacySession session = session(inbound.session());
        claim(transport, response);
        AsyncContext context = request.startAsync(request, response);
        context.setTimeout(0);
        transport.subscriptions().open(context, Subscription.legacy(session), null, session);
    }

    /** Takes a place for one more stream. */
    static void claim(Transport transport, HttpServletResponse response) {
        if (!transport.subscriptions().claim()) {
            response.setHeader("Retry-After", "60");
            throw new Refusal(
                    503,
                    ProtocolException.INTERNAL_ERROR,
                    transport.settings().maxStreams() + " streams are open already (ergograph.mcp.streams)");
        }
    }

    private @Nullable LegacySession session(@Nullable String id) {
        return id == null ? null : Visit.session(transport.sessions(), id);
    }

    private void delete(HttpServletRequest request, HttpServletResponse response) {
        String id = Inbound.session(request);
        if (id == null) {
            throw new Refusal(400, ProtocolException.INVALID_REQUEST, "the header " + Inbound.SESSION + " is missing");
        }
        LegacySession session = session(id);
        transport.sessions().end(id);
        Subscriptions.Listener listener = session == null ? null : session.stream(null);
        if (listener != null) {
            transport.subscriptions().close(listener);
        }
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
