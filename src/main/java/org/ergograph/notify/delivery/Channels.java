package org.ergograph.notify.delivery;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.ergograph.alert.Severity;
import org.ergograph.alert.routing.ChannelPolicy;
import org.ergograph.database.DatabaseState;
import org.ergograph.notify.delivery.channel.Channel;
import org.ergograph.notify.delivery.channel.Delivered;
import org.ergograph.notify.delivery.channel.Message;
import org.ergograph.notify.delivery.channel.Target;
import org.ergograph.observation.Periodic;
import org.ergograph.observation.TimeSource;

/**
 * The channels as this node knows them, also while the database is out: read anew after each change of its own, and from time to
 * time for what other nodes changed. {@link #LOG} is always there. Thread-safe.
 */
@Singleton
public class Channels implements Periodic {
    /** The channel that writes to the server's log. */
    public static final String LOG = "log";

    /** One line an alert, at once. */
    static final ChannelPolicy LOG_POLICY = new ChannelPolicy(
            LOG,
            false,
            List.of(),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofHours(4),
            Duration.ofMinutes(5),
            6000,
            true,
            Severity.INFO);

    /** Makes one attempt to send a message; never fails. */
    @FunctionalInterface
    interface Sender {
        CompletionStage<Delivered> send(Channel channel, Message message);
    }

    private static final System.Logger LOGGER = System.getLogger(Channels.class.getName());
    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration POLL = Duration.ofSeconds(2);

    private final ChannelRows rows;
    private final DatabaseState state;
    private final TimeSource time;
    private volatile Map<String, Channel> channels = Map.of(LOG, log(LOG));
    private volatile boolean stale = true;
    private volatile boolean read;
    private long readNanos;
    private boolean failing;

    @Inject
    Channels(ChannelRows rows, DatabaseState state, TimeSource time) {
        this.rows = rows;
        this.state = state;
        this.time = time;
    }

    /** The server's log under another name: in place of a channel that is not there. */
    static Channel log(String name) {
        ChannelPolicy as = LOG_POLICY;
        return new Channel(
                name.equals(LOG)
                        ? as
                        : new ChannelPolicy(
                                name,
                                as.grouped(),
                                as.groupBy(),
                                as.groupWait(),
                                as.groupInterval(),
                                as.repeatInterval(),
                                as.perAlert(),
                                as.perMinute(),
                                as.sendResolved(),
                                as.minSeverity()),
                new Target.Log());
    }

    /** How often the channel wants to be told; empty if there is none of this name. */
    public Optional<ChannelPolicy> policy(String name) {
        return find(name).map(Channel::policy);
    }

    /** Whether something can be sent there; if not, {@link #LOG} takes its place. */
    public boolean ready(String name) {
        return find(name).isPresent();
    }

    Optional<Channel> find(String name) {
        return Optional.ofNullable(channels.get(name));
    }

    /** Whether they were read since the start: before, a channel that is not found may be there. */
    boolean read() {
        return read;
    }

    boolean knows(Collection<String> names) {
        return channels.keySet().containsAll(names);
    }

    Collection<Channel> all() {
        return channels.values();
    }

    /** A channel was changed and committed: reads them anew before it returns, so that the next request may name it. */
    void changed() {
        stale = true;
        run();
    }

    /** From now on these are the channels. */
    void set(Collection<Channel> known) {
        Map<String, Channel> byName = new LinkedHashMap<>();
        known.forEach(channel -> byName.put(channel.name(), channel));
        byName.put(LOG, log(LOG));
        channels = Map.copyOf(byName);
        read = true;
    }

    @Override
    public Duration interval() {
        return TICK;
    }

    @Override
    public boolean whileOff() {
        return true;
    }

    @Override
    public synchronized void run() {
        boolean due = time.nanoTime() - readNanos >= POLL.toNanos();
        if (!state.ready() || !(due || (stale && !failing))) {
            return;
        }
        try {
            refresh();
        } catch (RuntimeException e) {
            stale = true;
            if (!failing) {
                failing = true;
                LOGGER.log(System.Logger.Level.WARNING, "the channels could not be read; the last known go on", e);
            }
        }
    }

    /** Reads them anew: what was committed before is known afterwards. Fails where the database does not answer. */
    public synchronized void refresh() {
        stale = false;
        readNanos = time.nanoTime();
        set(rows.all().stream().map(ChannelRow::channel).toList());
        failing = false;
    }
}
