package org.ergograph.mcp;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The response to one POST: JSON where the answer is all there is to say, a stream of events where something comes before it or it
 * takes long. Thread-safe, but for {@link #leave}.
 */
final class PostOutlet implements Outlet {
    private static final System.Logger LOG = System.getLogger(PostOutlet.class.getName());

    /** After which time a client gets a stream, so that we learn if it goes away. */
    private static final long MOMENT_NANOS = 2_000_000_000L;

    /** A lost client is noticed at the second sign of life that does not reach it. */
    private static final long MAX_SILENCE_NANOS = 5_000_000_000L;

    private static final int MAX_EARLY = 1000;

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final boolean json;
    private final boolean streams;
    private final Executor executor;
    private final Connections connections;
    private final long keepAliveNanos;
    private final long startNanos = System.nanoTime();
    private final Object lock = new Object();
    private final List<String> early = new ArrayList<>();
    private Runnable gone = () -> {};
    private @Nullable ResponseBody body;
    private @Nullable EventStream stream;
    private boolean answered;

    PostOutlet(
            HttpServletRequest request,
            HttpServletResponse response,
            Inbound inbound,
            Executor executor,
            Connections connections,
            long keepAliveNanos) {
        this.request = request;
        this.response = response;
        this.json = inbound.json();
        this.streams = inbound.stream();
        this.executor = executor;
        this.connections = connections;
        this.keepAliveNanos = Math.min(keepAliveNanos, MAX_SILENCE_NANOS);
    }

    /** Has this run if the client goes away before the answer. Before {@link #leave}. */
    void whenGone(Runnable action) {
        gone = action;
    }

    @Override
    public boolean streams() {
        return streams;
    }

    @Override
    public boolean immediate() {
        synchronized (lock) {
            return json && early.isEmpty();
        }
    }

    @Override
    public void leave() {
        AsyncContext context = request.startAsync(request, response);
        context.setTimeout(0);
        ResponseBody begun = new ResponseBody(context, executor, this::vanished);
        begun.open();
        synchronized (lock) {
            body = begun;
            early.forEach(message -> stream(begun, null).send(message));
            early.clear();
        }
    }

    @Override
    public void send(String message) {
        hand(message, EventStream::send);
    }

    @Override
    public void offer(String message) {
        hand(message, EventStream::sendIfFree);
    }

    private void hand(String message, BiConsumer<EventStream, String> sender) {
        synchronized (lock) {
            if (!streams || answered) {
                return;
            }
            if (body != null) {
                sender.accept(stream(body, null), message);
            } else if (early.size() < MAX_EARLY) {
                early.add(message);
            }
        }
    }

    private EventStream stream(ResponseBody into, @Nullable String session) {
        EventStream open = stream;
        if (open == null) {
            open = new EventStream(response, session, into, connections);
            stream = open;
        }
        return open;
    }

    @Override
    public void answer(int status, String text, @Nullable String session, LongConsumer written) {
        EventStream open;
        ResponseBody begun;
        synchronized (lock) {
            begun = body;
            if (answered) {
                written.accept(begun == null ? 0 : begun.bytes());
                return;
            }
            answered = true;
            open = begun == null || (stream == null && json) ? null : stream(begun, session);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        written.accept(bytes.length + (begun == null ? 0 : begun.bytes()));
        if (open != null) {
            open.end(text);
            return;
        }
        if (session != null) {
            response.setHeader(Inbound.SESSION, session);
        }
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(bytes.length);
        if (begun != null) {
            begun.end(bytes);
        } else {
            write(bytes);
        }
    }

    private void write(byte[] bytes) {
        try {
            response.getOutputStream().write(bytes);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a client did not wait for its answer", e);
        }
    }

    private void vanished() {
        synchronized (lock) {
            if (answered) {
                return;
            }
            answered = true;
        }
        EventStream open = stream;
        if (open != null) {
            open.closed();
        }
        try {
            executor.execute(gone);
        } catch (RejectedExecutionException e) {
            gone.run();
        }
    }

    @Override
    public void tick(long nowNanos) {
        synchronized (lock) {
            if (body == null || answered || !streams) {
                return;
            }
            if (stream != null) {
                stream.tick(nowNanos, keepAliveNanos);
            } else if (nowNanos - startNanos >= MOMENT_NANOS) {
                stream(body, null).alive();
            }
        }
    }
}
