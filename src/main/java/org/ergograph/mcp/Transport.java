package org.ergograph.mcp;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.ergograph.observation.Meters;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.observation.Periodic;
import org.ergograph.observation.Recorder;
import org.ergograph.tool.Catalogue;
import org.jspecify.annotations.Nullable;

/** What all requests share, from the start of the application to its end. Thread-safe. */
@Singleton
class Transport implements Periodic {
    private static final Duration TICK = Duration.ofSeconds(1);

    private final McpSettings settings;
    private final Executor executor;
    private final Connections connections = new Connections();
    private final LegacySessions sessions = new LegacySessions();
    private final Asking asking;
    private final Map<String, Era> eras;
    private final Requests requests;
    private final Subscriptions subscriptions;

    @Inject
    Transport(
            McpSettings settings, Catalogue catalogue, Recorder recorder, NodeIdentity node, Instance<Meters> meters) {
        this(settings, catalogue, recorder, node, managedExecutor());
        if (recorder.enabled() && meters.isResolvable()) {
            connections.publish(meters.get());
        }
    }

    Transport(McpSettings settings, Catalogue catalogue, Recorder recorder, NodeIdentity node, Executor executor) {
        this.settings = settings;
        this.executor = executor;
        this.asking = new Asking(recorder);
        ServerInfo info = new ServerInfo(node);
        this.eras = Stream.concat(
                        Stream.of(new ModernEra(info.identity())),
                        Revisions.LEGACY.stream().map(LegacyEra::new))
                .collect(Collectors.toUnmodifiableMap(Era::version, Function.identity()));
        this.requests = new Requests(
                new Methods(catalogue, sessions, asking, info), new Measuring(recorder), executor, settings);
        this.subscriptions =
                new Subscriptions(settings.maxStreams(), settings.keepAlive().toNanos(), executor, connections);
        catalogue.listen(subscriptions);
    }

    @SuppressWarnings("BanJNDI") // a constant name of the specification
    private static Executor managedExecutor() {
        try {
            return (Executor) new InitialContext().lookup("java:comp/DefaultManagedExecutorService");
        } catch (NamingException e) {
            throw new IllegalStateException("the server has no managed executor", e);
        }
    }

    McpSettings settings() {
        return settings;
    }

    Executor executor() {
        return executor;
    }

    Connections connections() {
        return connections;
    }

    LegacySessions sessions() {
        return sessions;
    }

    Asking asking() {
        return asking;
    }

    Requests requests() {
        return requests;
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    /** The era of a message; see {@link Era#of}. */
    Era era(Message message, Inbound inbound, @Nullable LegacySession session) {
        return Era.of(message, inbound, session == null ? null : session.version(), eras);
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
        long now = System.nanoTime();
        requests.tick(now);
        subscriptions.tick(now);
    }

    @PreDestroy
    @Override
    public void stop() {
        subscriptions.closeAll();
        requests.closeAll();
    }
}
