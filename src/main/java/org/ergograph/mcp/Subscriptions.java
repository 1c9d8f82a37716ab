package org.ergograph.mcp;

import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import org.ergograph.tool.Catalogue;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;

/** The open streams of notifications. Bounded in number; idle ones cost no thread. Thread-safe. */
final class Subscriptions implements Catalogue.Listener {
    private static final System.Logger LOG = System.getLogger(Subscriptions.class.getName());

    private final int max;
    private final long keepAliveNanos;
    private final Executor executor;
    private final Connections connections;
    private final AtomicInteger count = new AtomicInteger();
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();

    /** An open stream. Compared by identity. */
    static final class Listener {
        private final Subscription subscription;
        private final @Nullable LegacySession session;
        private final AtomicBoolean closed = new AtomicBoolean();
        private volatile @Nullable EventStream stream;

        private Listener(Subscription subscription, @Nullable LegacySession session) {
            this.subscription = subscription;
            this.session = session;
        }
    }

    Subscriptions(int max, long keepAliveNanos, Executor executor, Connections connections) {
        this.max = max;
        this.keepAliveNanos = keepAliveNanos;
        this.executor = executor;
        this.connections = connections;
    }

    /** Takes a place for a stream; false if there is none. */
    boolean claim() {
        if (count.incrementAndGet() <= max) {
            return true;
        }
        count.decrementAndGet();
        return false;
    }

    /**
     * Opens a stream in a place that was claimed.
     *
     * @param first message; null if there is none
     * @param session whose stream it is from now on; null if of none
     */
    void open(
            AsyncContext context, Subscription subscription, @Nullable String first, @Nullable LegacySession session) {
        Listener listener = new Listener(subscription, session);
        listeners.add(listener);
        ResponseBody body = new ResponseBody(context, executor, () -> closed(listener));
        body.open();
        EventStream stream = new EventStream((HttpServletResponse) context.getResponse(), null, body, connections);
        if (first == null) {
            stream.alive();
        } else {
            stream.send(first);
        }
        // From here on it hears of changes: nothing comes before the first message.
        listener.stream = stream;
        if (listener.closed.get()) {
            stream.closed();
        }
        Listener previous = session == null ? null : session.stream(listener);
        if (previous != null) {
            close(previous);
        }
    }

    /** Gives its place back; false if that was done already. */
    private boolean closed(Listener listener) {
        if (!listener.closed.compareAndSet(false, true)) {
            return false;
        }
        listeners.remove(listener);
        count.decrementAndGet();
        LegacySession session = listener.session;
        if (session != null) {
            session.closed(listener);
        }
        EventStream stream = listener.stream;
        if (stream != null) {
            stream.closed();
        }
        return true;
    }

    /** Ends a stream from our side. */
    void close(Listener listener) {
        EventStream stream = listener.stream;
        if (closed(listener) && stream != null) {
            stream.end(listener.subscription.ended());
        }
    }

    void closeAll() {
        listeners.forEach(this::close);
    }

    /** How many are open. */
    int open() {
        return listeners.size();
    }

    void tick(long nowNanos) {
        listeners.forEach(listener -> {
            EventStream stream = listener.stream;
            if (stream != null) {
                stream.tick(nowNanos, keepAliveNanos);
            }
        });
    }

    @Override
    public void listsChanged(boolean tools, boolean resources, boolean prompts) {
        tell(() -> {
            if (tools) {
                send(Notifications.TOOLS, null, (subscription, uri) -> subscription.tools());
            }
            if (resources) {
                send(Notifications.RESOURCES, null, (subscription, uri) -> subscription.resources());
            }
            if (prompts) {
                send(Notifications.PROMPTS, null, (subscription, uri) -> subscription.prompts());
            }
        });
    }

    @Override
    public void resourceUpdated(String uri) {
        tell(() -> send(
                Notifications.UPDATED,
                uri,
                (subscription, updated) -> subscription.resource().test(uri)));
    }

    private void tell(Runnable work) {
        if (listeners.isEmpty()) {
            return;
        }
        try {
            executor.execute(work);
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.WARNING, "clients were not told of a change", e);
        }
    }

    private void send(String method, @Nullable String uri, BiPredicate<Subscription, @Nullable String> wanted) {
        listeners.forEach(listener -> {
            EventStream stream = listener.stream;
            if (stream != null && wanted.test(listener.subscription, uri)) {
                JsonObjectBuilder params = JsonText.object();
                if (uri != null) {
                    params.add("uri", uri);
                }
                stream.send(listener.subscription.message(method, params));
            }
        });
    }
}
