package org.ergograph.mcp;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An open stream of server-sent events, each a message. Thread-safe. */
final class EventStream {
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    private final ResponseBody body;
    private final Connections connections;
    private final Runnable gone;
    private final long startNanos = System.nanoTime();
    private final AtomicBoolean counted = new AtomicBoolean(true);
    private volatile long lastNanos = startNanos;

    private EventStream(AsyncContext context, Executor executor, Connections connections, Runnable gone)
            throws IOException {
        this.connections = connections;
        this.gone = gone;
        this.body = new ResponseBody(context, executor, this::vanished);
    }

    /**
     * Begins one as the response of the context.
     *
     * @param session name of the session that it begins; null if none
     * @param gone run if the client is not there any more
     */
    static EventStream open(
            AsyncContext context, @Nullable String session, Executor executor, Connections connections, Runnable gone)
            throws IOException {
        HttpServletResponse response = (HttpServletResponse) context.getResponse();
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        // Proxies that keep answers back until they are complete leave these alone.
        response.setHeader("X-Accel-Buffering", "no");
        if (session != null) {
            response.setHeader(Inbound.SESSION, session);
        }
        EventStream stream = new EventStream(context, executor, connections, gone);
        connections.opened();
        stream.body.open();
        return stream;
    }

    void send(String message) {
        lastNanos = System.nanoTime();
        body.send(("data: " + message + "\n\n").getBytes(StandardCharsets.UTF_8));
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
            lastNanos = nowNanos;
            body.send(COMMENT);
        }
    }

    long bytes() {
        return body.bytes();
    }

    /** Ends it after what was sent. */
    void end() {
        body.end();
        uncount();
    }

    private void vanished() {
        uncount();
        gone.run();
    }

    private void uncount() {
        if (counted.compareAndSet(true, false)) {
            connections.closed(System.nanoTime() - startNanos);
        }
    }
}
