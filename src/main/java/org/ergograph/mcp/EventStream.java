package org.ergograph.mcp;

import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An open stream of server-sent events, each a message. Thread-safe. */
final class EventStream {
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    private final ResponseBody body;
    private final Connections connections;
    private final long startNanos = System.nanoTime();
    private final AtomicBoolean counted = new AtomicBoolean(true);
    private volatile long lastNanos = startNanos;

    /**
     * Begins one in the body of this response.
     *
     * @param session name of the session that it begins; null if none
     */
    EventStream(HttpServletResponse response, @Nullable String session, ResponseBody body, Connections connections) {
        this.body = body;
        this.connections = connections;
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        // Proxies that keep answers back until they are complete leave these alone.
        response.setHeader("X-Accel-Buffering", "no");
        if (session != null) {
            response.setHeader(Inbound.SESSION, session);
        }
        connections.opened();
    }

    void send(String message) {
        lastNanos = System.nanoTime();
        body.send(event(message));
    }

    private static byte[] event(String message) {
        return ("data: " + message + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Sends what the next such message will make worthless, unless the client is slow. */
    void sendIfFree(String message) {
        if (!body.congested()) {
            send(message);
        }
    }

    /** A sign of life if there was none for so long. */
    void tick(long nowNanos, long silenceNanos) {
        if (nowNanos - lastNanos >= silenceNanos) {
            alive();
        }
    }

    /** A sign of life. */
    void alive() {
        lastNanos = System.nanoTime();
        body.send(COMMENT);
    }

    long bytes() {
        return body.bytes();
    }

    /** Ends it with a last message; null if there is none. */
    void end(@Nullable String last) {
        if (last == null) {
            body.end();
        } else {
            body.end(event(last));
        }
        closed();
    }

    /** Says that it is closed, whoever did it. */
    void closed() {
        if (counted.compareAndSet(true, false)) {
            connections.closed(System.nanoTime() - startNanos);
        }
    }
}
