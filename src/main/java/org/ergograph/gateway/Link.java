package org.ergograph.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import org.ergograph.observation.TimeSource;
import org.ergograph.registry.RegisteredServer;
import org.ergograph.registry.ServerState;
import org.jspecify.annotations.Nullable;

/** One upstream server as this node uses it: the conversation, the guard before it, its health, what it offers. Thread-safe. */
final class Link implements UpstreamListener {
    /** How long changes of its lists are gathered before they are read. */
    static final Duration DEBOUNCE = Duration.ofMillis(300);

    private static final System.Logger LOG = System.getLogger(Link.class.getName());

    private final RegisteredServer server;
    private final GatewaySettings settings;
    private final TimeSource time;
    private final Conversation conversation;
    private final Guard guard;
    private final LinkHealth health;
    private final Consumer<String> updates;
    private final Consumer<String> refusals;
    private final DoubleConsumer addedSeconds;
    private final AtomicBoolean unanswered = new AtomicBoolean();
    private volatile @Nullable Discovered discovered;
    private boolean reading;
    private boolean changed;
    private long readDueNanos;

    /**
     * @param updates takes the URIs of resources whose content has changed
     * @param refusals takes the reasons for which something was refused
     * @param addedSeconds takes what this server adds to each call
     */
    Link(
            RegisteredServer server,
            GatewaySettings settings,
            TimeSource time,
            Connector connector,
            Consumer<String> updates,
            Consumer<String> refusals,
            DoubleConsumer addedSeconds) {
        this.server = server;
        this.settings = settings;
        this.time = time;
        this.conversation = new Conversation(connector, server, this, time);
        this.guard = new Guard(settings);
        this.health = new LinkHealth(settings, time);
        this.updates = updates;
        this.refusals = refusals;
        this.addedSeconds = addedSeconds;
        this.readDueNanos = time.nanoTime();
    }

    RegisteredServer server() {
        return server;
    }

    Conversation conversation() {
        return conversation;
    }

    Guard guard() {
        return guard;
    }

    LinkHealth health() {
        return health;
    }

    /** What the server said it offers, when it last said so; null if it never did. */
    @Nullable
    Discovered discovered() {
        return discovered;
    }

    void discovered(@Nullable Discovered found) {
        discovered = found;
    }

    /** Whether what it offers is on offer: a server that does not answer keeps its offers for a time. */
    boolean offers(Instant now) {
        LinkHealth.View view = health.view();
        return discovered != null
                && (view.state() != ServerState.UNHEALTHY
                        || Duration.between(view.since(), now).compareTo(settings.keep()) < 0);
    }

    /** Whether its lists are to be read now; if so, the reading has begun. */
    synchronized boolean beginReading() {
        ServerState state = health.state();
        boolean reachable = state == ServerState.HEALTHY || state == ServerState.DEGRADED;
        boolean begins = reachable && !reading && time.nanoTime() - readDueNanos >= 0;
        if (begins) {
            reading = true;
            changed = false;
        }
        return begins;
    }

    /** The reading has ended; the next one is due at the usual time, after a failure or another change soon. */
    synchronized void endReading(boolean succeeded) {
        Duration pause = changed ? DEBOUNCE : succeeded ? settings.discovery() : Conversation.LONGEST_PAUSE;
        readDueNanos = time.nanoTime() + pause.toNanos();
        reading = false;
    }

    private synchronized void readSoon(Duration pause) {
        changed = true;
        long soon = time.nanoTime() + pause.toNanos();
        if (soon - readDueNanos < 0) {
            readDueNanos = soon;
        }
    }

    /** A call that the guard let through has ended. */
    void ended(Outcome outcome) {
        guard.leave(outcome);
        if (outcome.unanswered()) {
            unanswered.set(true);
            health.checkSoon();
        } else if (outcome == Outcome.SUCCESS && health.state() != ServerState.HEALTHY) {
            health.checkSoon();
        }
    }

    /**
     * A check has ended.
     *
     * @param failure why it failed; null if it did not
     */
    LinkHealth.View checked(@Nullable String failure) {
        ServerState before = health.state();
        if (failure == null) {
            // Calls that failed meanwhile need a call that succeeds, and not only a check.
            guard.reachable(!unanswered.getAndSet(false));
        }
        LinkHealth.View view = health.checked(failure, guard.closed());
        if (view.state() != before) {
            System.Logger.Level level =
                    view.state() == ServerState.HEALTHY ? System.Logger.Level.INFO : System.Logger.Level.WARNING;
            LOG.log(
                    level,
                    () -> "the upstream server " + server.name() + " is "
                            + view.state().label() + (view.reason() == null ? "" : ": " + view.reason()));
        }
        if (before == ServerState.UNHEALTHY && view.state() != ServerState.UNHEALTHY) {
            readSoon(Duration.ZERO); // it may have been replaced by another
        }
        return view;
    }

    void added(long nanos) {
        addedSeconds.accept(nanos / 1e9);
    }

    @Override
    public void listsChanged() {
        readSoon(DEBOUNCE);
    }

    @Override
    public void resourceUpdated(String uri) {
        updates.accept(uri);
    }

    @Override
    public void refused(String what) {
        refusals.accept(what);
    }

    @Override
    public void lost(String reason) {
        health.checkSoon();
    }

    void close() {
        conversation.close();
    }
}
