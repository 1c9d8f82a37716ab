package org.ergograph.gateway;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.ergograph.observation.Periodic;
import org.ergograph.observation.Recorder;
import org.ergograph.observation.TimeSource;
import org.ergograph.registry.RegisteredServer;
import org.ergograph.registry.Registry;
import org.ergograph.registry.ServerState;
import org.ergograph.tool.Catalogue;
import org.ergograph.tool.Source;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a link to every registered server, has each checked and its lists read when that is due, and offers what they have.
 * Never waits: what takes long goes on by itself. Thread-safe.
 */
@Singleton
public class Gateway implements Source, Periodic, Registry.Listener {
    private static final System.Logger LOG = System.getLogger(Gateway.class.getName());
    private static final Duration TICK = Duration.ofMillis(200);
    /** How much longer than a call's timeout a check may hang, whatever the connection does. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Registry registry;
    private final Runnable offersChanged;
    private final Consumer<String> resourceUpdated;
    private final GatewaySettings settings;
    private final TimeSource time;
    private final Connector connector;
    private final Router router;
    private final Ledger ledger;
    private final GatewayMeters meters;
    private final Checks checks;
    private volatile List<Link> links = List.of();
    private volatile Offers offers = Offers.NONE;
    private volatile Offer offer = Offer.none();
    private Set<String> offering = Set.of();
    private boolean listening;

    @Inject
    Gateway(
            Registry registry,
            Instance<Catalogue> catalogue,
            Recorder recorder,
            GatewaySettings settings,
            TimeSource time,
            Connector connector,
            Router router,
            Ledger ledger,
            GatewayMeters meters) {
        // The catalogue is made of sources, this one among them: it is asked for when it is needed.
        this(
                registry,
                () -> catalogue.get().refresh(),
                uri -> catalogue.get().resourceUpdated(uri),
                recorder,
                settings,
                time,
                connector,
                router,
                ledger,
                meters);
    }

    /**
     * @param offersChanged is run when there are other offers
     * @param resourceUpdated takes the URI of a resource whose content has changed
     */
    Gateway(
            Registry registry,
            Runnable offersChanged,
            Consumer<String> resourceUpdated,
            Recorder recorder,
            GatewaySettings settings,
            TimeSource time,
            Connector connector,
            Router router,
            Ledger ledger,
            GatewayMeters meters) {
        this.registry = registry;
        this.offersChanged = offersChanged;
        this.resourceUpdated = resourceUpdated;
        this.settings = settings;
        this.time = time;
        this.connector = connector;
        this.router = router;
        this.ledger = ledger;
        this.meters = meters;
        this.checks = new Checks(recorder, settings);
    }

    @Override
    public Offer offer() {
        return offer;
    }

    /** What is offered now. */
    Offers offers() {
        return offers;
    }

    /** The links, in the order of registration. */
    List<Link> links() {
        return links;
    }

    /** How every upstream server does, by its name. */
    public Map<String, ServerState> states() {
        return links.stream()
                .collect(Collectors.toMap(
                        link -> link.server().name(), link -> link.health().state(), (first, second) -> second));
    }

    @Override
    public void serversChanged(List<RegisteredServer> servers) {
        List<Link> closed = new ArrayList<>();
        synchronized (this) {
            Map<String, Link> before = new HashMap<>();
            links.forEach(link -> before.put(link.server().id(), link));
            List<Link> now = new ArrayList<>();
            for (RegisteredServer server : servers) {
                Link known = before.remove(server.id());
                if (known != null && known.server().equals(server)) {
                    now.add(known);
                } else {
                    now.add(opened(server, known));
                    if (known != null) {
                        closed.add(known);
                    }
                }
            }
            closed.addAll(before.values());
            links = List.copyOf(now);
            ledger.retain(servers.stream().map(RegisteredServer::name).collect(Collectors.toSet()));
        }
        rebuild();
        closed.forEach(Link::close);
    }

    private Link opened(RegisteredServer server, @Nullable Link before) {
        String name = server.name();
        Link link = new Link(
                server,
                settings,
                time,
                connector,
                resourceUpdated,
                reason -> meters.refused(name, reason),
                meters.added(name));
        if (before != null && before.server().url().equals(server.url())) {
            link.discovered(before.discovered());
        }
        meters.publish(name, () -> state(name));
        return link;
    }

    private @Nullable ServerState state(String name) {
        return states().get(name);
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
        if (!listening) {
            listening = true;
            registry.listen(this);
        }
        for (Link link : links) {
            if (link.health().begin()) {
                checks.check(link, this::checked);
            } else if (link.health().checkingNanos()
                    > link.server().timeout().plus(GRACE).toNanos()) {
                link.conversation().giveUp();
            }
            if (link.beginReading()) {
                read(link);
            }
        }
        ledger.seal();
        if (!offering.equals(offeringNow())) {
            rebuild();
        }
    }

    private void checked(Link link, @Nullable String failure) {
        LinkHealth.View view = link.checked(failure);
        registry.found(link.server().id(), view.state(), view.since(), view.lastCheck(), view.reason());
    }

    private void read(Link link) {
        checks.discover(link).whenComplete((found, e) -> {
            if (found == null) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        () -> "the lists of the upstream server "
                                + link.server().name() + " could not be read: "
                                + UpstreamFailures.of(e).getMessage());
            } else if (!found.equals(link.discovered())) {
                link.discovered(found);
                tell(link, found);
                rebuild();
            }
            link.endReading(found != null);
        });
    }

    private static void tell(Link link, Discovered found) {
        LOG.log(
                found.truncated() || found.ignored() > 0 ? System.Logger.Level.WARNING : System.Logger.Level.INFO,
                () -> "the upstream server %s offers %d tools, %d resources, %d templates and %d prompts%s%s"
                        .formatted(
                                link.server().name(),
                                found.tools().size(),
                                found.resources().size(),
                                found.templates().size(),
                                found.prompts().size(),
                                found.ignored() > 0 ? "; malformed and left out: " + found.ignored() : "",
                                found.truncated() ? "; it has more than are taken" : ""));
    }

    private Set<String> offeringNow() {
        Set<String> now = new HashSet<>();
        for (Link link : links) {
            if (link.offers(time.now())) {
                now.add(link.server().id());
            }
        }
        return now;
    }

    private void rebuild() {
        synchronized (this) {
            Set<String> now = offeringNow();
            List<Link> offered = links.stream()
                    .filter(link -> now.contains(link.server().id()))
                    .toList();
            Offers before = offers;
            Offers made = Offers.of(offered, router);
            offering = now;
            offers = made;
            offer = made.offer();
            if (!made.hidden().equals(before.hidden())) {
                made.hidden()
                        .forEach(each -> LOG.log(
                                System.Logger.Level.WARNING,
                                each.key() + " of the upstream server " + each.server()
                                        + " is not offered: it is that of " + each.winner()));
            }
        }
        offersChanged.run();
    }

    @PreDestroy
    void close() {
        links.forEach(Link::close);
    }
}
