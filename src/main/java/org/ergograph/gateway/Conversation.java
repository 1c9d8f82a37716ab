package org.ergograph.gateway;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ergograph.observation.TimeSource;
import org.ergograph.registry.RegisteredServer;
import org.jspecify.annotations.Nullable;

/**
 * The conversation with one upstream server: opened when it is needed, by one at a time; after a failure not again before a
 * pause, which grows from {@link #FIRST_PAUSE} to {@link #LONGEST_PAUSE}. Thread-safe.
 */
final class Conversation {
    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Connector connector;
    private final RegisteredServer server;
    private final UpstreamListener listener;
    private final TimeSource time;
    private @Nullable CompletableFuture<Upstream> current;
    private @Nullable UpstreamException failure;
    private int failures;
    private long notBeforeNanos;
    private boolean closed;

    Conversation(Connector connector, RegisteredServer server, UpstreamListener listener, TimeSource time) {
        this.connector = connector;
        this.server = server;
        this.listener = listener;
        this.time = time;
    }

    /** The open conversation; opens one if there is none. Fails with an {@link UpstreamException}, at once in a pause. */
    CompletionStage<Upstream> get() {
        return get(false);
    }

    /** Opens a new conversation in the place of the one there is, whatever the pause. */
    CompletionStage<Upstream> reopen() {
        Upstream old = null;
        synchronized (this) {
            CompletableFuture<Upstream> present = current;
            if (present != null && present.isDone()) {
                old = present.isCompletedExceptionally() ? null : present.join();
                current = null;
            }
        }
        if (old != null) {
            old.close();
        }
        return get(true);
    }

    private CompletionStage<Upstream> get(boolean now) {
        CompletableFuture<Upstream> opening;
        synchronized (this) {
            if (closed) {
                return CompletableFuture.failedFuture(gone());
            }
            CompletableFuture<Upstream> present = current;
            if (present != null) {
                return present;
            }
            UpstreamException failed = failure;
            if (!now && failed != null && time.nanoTime() - notBeforeNanos < 0) {
                return CompletableFuture.failedFuture(failed);
            }
            opening = new CompletableFuture<>();
            current = opening;
        }
        open(opening);
        return opening;
    }

    private void open(CompletableFuture<Upstream> opening) {
        Attempt attempt = new Attempt(opening);
        try {
            connector.open(server, attempt).whenComplete((upstream, e) -> {
                if (upstream != null) {
                    opened(opening, upstream);
                } else {
                    failed(opening, UpstreamFailures.of(e));
                }
            });
        } catch (RuntimeException e) {
            failed(opening, UpstreamFailures.of(e));
        }
    }

    private void opened(CompletableFuture<Upstream> opening, Upstream upstream) {
        boolean wanted;
        synchronized (this) {
            wanted = !closed && current == opening;
            if (wanted) {
                failure = null;
                failures = 0;
            }
        }
        if (wanted) {
            opening.complete(upstream);
        } else {
            upstream.close();
            opening.completeExceptionally(gone());
        }
    }

    private void failed(CompletableFuture<Upstream> opening, UpstreamException e) {
        synchronized (this) {
            if (current == opening) {
                current = null;
                failure = e;
                long pause = FIRST_PAUSE.toNanos() << Math.min(failures, 5);
                notBeforeNanos = time.nanoTime() + Math.min(pause, LONGEST_PAUSE.toNanos());
                failures++;
            }
        }
        opening.completeExceptionally(e);
    }

    /** Gives up on opening one, which has taken too long. */
    void giveUp() {
        CompletableFuture<Upstream> opening;
        synchronized (this) {
            opening = current;
        }
        if (opening != null && !opening.isDone()) {
            failed(
                    opening,
                    new UpstreamException(UpstreamException.Reason.TIMEOUT, "the server did not begin a conversation"));
        }
    }

    /** Ends it for good. */
    void close() {
        CompletionStage<Upstream> last;
        synchronized (this) {
            closed = true;
            last = current;
            current = null;
        }
        if (last != null) {
            last.whenComplete((upstream, e) -> {
                if (upstream != null) {
                    upstream.close();
                }
            });
        }
    }

    private UpstreamException gone() {
        return new UpstreamException(UpstreamException.Reason.TRANSPORT, "the server is no longer registered");
    }

    /** Hears of one conversation, and passes on what it says while it is the current one. */
    private final class Attempt implements UpstreamListener {
        private final CompletableFuture<Upstream> opening;

        Attempt(CompletableFuture<Upstream> opening) {
            this.opening = opening;
        }

        private boolean isCurrent() {
            synchronized (Conversation.this) {
                return current == opening;
            }
        }

        @Override
        public void listsChanged() {
            if (isCurrent()) {
                listener.listsChanged();
            }
        }

        @Override
        public void resourceUpdated(String uri) {
            if (isCurrent()) {
                listener.resourceUpdated(uri);
            }
        }

        @Override
        public void refused(String method) {
            listener.refused(method);
        }

        @Override
        public void lost(String reason) {
            boolean mine;
            synchronized (Conversation.this) {
                mine = current == opening;
                if (mine) {
                    current = null;
                }
            }
            if (mine) {
                listener.lost(reason);
            }
        }
    }
}
