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
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The response to one POST: JSON where the answer is all there is to say, a stream of events where something comes before it or it
 * takes long. Thread-safe, but for {@link #leave}.
 */
final class PostOutlet implements Outlet {
    /** After which time a client gets a stream, so that we learn if it goes away. */
    private static final long MOMENT_NANOS = 2_000_000_000L;

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
    private @Nullable AsyncContext context;
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
        this.keepAliveNanos = keepAliveNanos;
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
        AsyncContext started = request.startAsync(request, response);
        started.setTimeout(0);
        synchronized (lock) {
            context = started;
            early.forEach(this::stream);
            early.clear();
        }
    }

    @Override
    public void send(String message) {
        synchronized (lock) {
            if (!streams || answered) {
                return;
            }
            if (context != null) {
                stream(message);
            } else if (early.size() < MAX_EARLY) {
                early.add(message);
            }
        }
    }

    private void stream(String message) {
        EventStream open = opened(null);
        if (open != null) {
            open.send(message);
        }
    }

    /** Null if the client is gone. */
    private @Nullable EventStream opened(@Nullable String session) {
        AsyncContext started = context;
        if (stream == null && started != null) {
            try {
                stream = EventStream.open(started, session, executor, connections, this::vanished);
            } catch (IOException | IllegalStateException e) {
                vanished();
            }
        }
        return stream;
    }

    @Override
    public void answer(int status, String text, @Nullable String session, LongConsumer written) {
        EventStream open;
        synchronized (lock) {
            if (answered) {
                written.accept(stream == null ? 0 : stream.bytes());
                return;
            }
            answered = true;
            open = stream == null && json ? null : opened(session);
        }
        if (open != null) {
            open.send(text);
            written.accept(open.bytes());
            open.end();
        } else {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            written.accept(bytes.length);
            whole(status, bytes, session);
        }
    }

    private void whole(int status, byte[] bytes, @Nullable String session) {
        AsyncContext started = context;
        try {
            if (session != null) {
                response.setHeader(Inbound.SESSION, session);
            }
            response.setStatus(status);
            response.setContentType("application/json");
            response.setContentLength(bytes.length);
            if (started == null || bytes.length <= ResponseBody.MAX_AT_ONCE) {
                response.getOutputStream().write(bytes);
            } else {
                ResponseBody body = new ResponseBody(started, executor, () -> {});
                body.send(bytes);
                body.open();
                body.end();
                return;
            }
        } catch (IOException | IllegalStateException e) {
            // The client is gone, and so is whoever could be told.
        }
        if (started != null) {
            complete(started);
        }
    }

    private static void complete(AsyncContext context) {
        try {
            context.complete();
        } catch (IllegalStateException e) {
            // The container has ended it already.
        }
    }

    private void vanished() {
        synchronized (lock) {
            if (answered) {
                return;
            }
            answered = true;
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
            if (context == null || answered || !streams) {
                return;
            }
            if (stream != null) {
                stream.tick(nowNanos, keepAliveNanos);
            } else if (nowNanos - startNanos >= MOMENT_NANOS) {
                EventStream open = opened(null);
                if (open != null) {
                    open.tick(nowNanos, 0);
                }
            }
        }
    }
}
