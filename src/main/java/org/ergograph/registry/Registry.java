package org.ergograph.registry;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.observation.Periodic;
import org.ergograph.observation.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The registered servers as this node knows them: read from the database after each change of its own and from time to time,
 * for what other nodes changed; the last known go on while the database is out. Takes what checks find of them. Thread-safe.
 */
@Singleton
public class Registry implements Periodic {
    /** Hears of changes; must be quick and not throw. */
    public interface Listener {
        /** @param servers all of them, those of the configuration first, then in the order of their registration */
        void serversChanged(List<RegisteredServer> servers);
    }

    private static final System.Logger LOG = System.getLogger(Registry.class.getName());
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration CLEANING = Duration.ofHours(1);

    private final ServerRepository repository;
    private final StateRepository states;
    private final RegistrySettings settings;
    private final NodeIdentity node;
    private final TimeSource time;
    private final StateJournal journal = new StateJournal();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile List<RegisteredServer> servers;
    private volatile boolean open;
    private volatile boolean stale = true;
    private boolean failing;
    private long readNanos;
    private @Nullable Instant cleaned;

    @Inject
    Registry(
            ServerRepository repository,
            StateRepository states,
            RegistrySettings settings,
            NodeIdentity node,
            TimeSource time) {
        this.repository = repository;
        this.states = states;
        this.settings = settings;
        this.node = node;
        this.time = time;
        this.servers = settings.configured();
    }

    /** All of them as last read. */
    public List<RegisteredServer> servers() {
        return servers;
    }

    /** From now on the listener hears of changes, of those that there are already at once. */
    public void listen(Listener listener) {
        listeners.add(listener);
        listener.serversChanged(servers);
    }

    /** Says that the database can be asked from now on. */
    public void open() {
        open = true;
    }

    /** Says that something of the servers was changed and committed. */
    void changed() {
        stale = true;
    }

    /**
     * Takes what was found of a server.
     *
     * @param since when it was first found in this state
     * @param checked when it was found so last
     * @param reason why it is not healthy; null if it is
     */
    public void found(String serverId, ServerState state, Instant since, Instant checked, @Nullable String reason) {
        // As precise as the database is, so that what is answered now is what is read later.
        journal.found(new StatePeriod(
                serverId,
                node.name(),
                since.truncatedTo(ChronoUnit.MICROS),
                checked.truncatedTo(ChronoUnit.MICROS),
                state,
                reason));
    }

    /** What this node found of the server last. */
    Optional<StatePeriod> current(String serverId) {
        return journal.current(serverId);
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
    public void run() {
        long now = time.nanoTime();
        boolean due = now - readNanos >= settings.poll().toNanos();
        if (open && (due || !failing)) {
            try {
                if (due || stale) {
                    stale = false;
                    readNanos = now;
                    read();
                    clean();
                }
                journal.flush(states::write);
                failing = false;
            } catch (RuntimeException e) {
                failed(e, now);
            }
        }
    }

    private void failed(RuntimeException e, long now) {
        stale = true;
        readNanos = now;
        if (!failing) {
            failing = true;
            LOG.log(System.Logger.Level.WARNING, "the registered servers could not be read; the last known go on", e);
        }
    }

    private void read() {
        List<RegisteredServer> read = new ArrayList<>(settings.configured());
        read.addAll(repository.all());
        List<RegisteredServer> before = servers;
        if (!read.equals(before)) {
            servers = List.copyOf(read);
            before.stream()
                    .map(RegisteredServer::id)
                    .filter(id -> read.stream().noneMatch(server -> server.id().equals(id)))
                    .forEach(journal::forget);
            listeners.forEach(listener -> listener.serversChanged(servers));
        }
    }

    private void clean() {
        Instant now = time.now();
        Instant last = cleaned;
        if (last == null || Duration.between(last, now).compareTo(CLEANING) >= 0) {
            cleaned = now;
            states.forget(now.minus(settings.stateRetention()));
        }
    }
}
