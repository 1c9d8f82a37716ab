package org.ergograph.registry;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ergograph.observation.TimeSource;
import org.ergograph.web.ProblemException;

/** Finds servers for answers: those of the configuration, and those of the database. Asks the database; thread-safe. */
@Singleton
class ServerLookup {
    private static final int MAX_PERIODS = 5_000;

    private final ServerRepository servers;
    private final StateRepository states;
    private final Registry registry;
    private final RegistrySettings settings;
    private final TimeSource time;

    @Inject
    ServerLookup(
            ServerRepository servers,
            StateRepository states,
            Registry registry,
            RegistrySettings settings,
            TimeSource time) {
        this.servers = servers;
        this.states = states;
        this.registry = registry;
        this.settings = settings;
        this.time = time;
    }

    /** A server as it goes over the wire. */
    record Found(String id, long version, JsonObject json) {}

    /** A page of servers, and one more if there are more. */
    List<Found> list(ServerFilter filter) {
        List<Found> found = new ArrayList<>();
        for (RegisteredServer server : settings.configured()) {
            Found each = configured(server);
            if (found.size() <= filter.limit()
                    && filter.takes(server, each.json().getString("status"))) {
                found.add(each);
            }
        }
        if (found.size() <= filter.limit()) {
            servers.list(filter).stream()
                    .limit(filter.limit() + 1L - found.size())
                    .map(server -> new Found(server.id(), server.version(), server.json()))
                    .forEach(found::add);
        }
        return found;
    }

    /**
     * One server with its health.
     *
     * @throws ProblemException 404 if there is none
     */
    Found get(String id) {
        Found found = configuredById(id)
                .map(this::configured)
                .orElseGet(() -> servers.get(id)
                        .map(server -> new Found(id, server.version(), server.json()))
                        .orElseThrow(() -> ProblemException.notFound("server", id)));
        Instant now = time.now();
        List<StatePeriod> periods = states.since(id, now.minus(ServerJson.WEEK), MAX_PERIODS);
        return new Found(id, found.version(), ServerJson.withHealth(found.json(), registry.current(id), periods, now));
    }

    /**
     * Refuses to change what the configuration says.
     *
     * @throws ProblemException 409 if the server is one of the configuration
     */
    void requireChangeable(String id) {
        configuredById(id).ifPresent(server -> {
            throw ProblemException.conflict(
                    "id", id, "a server that was registered; " + server.name() + " is one of the configuration");
        });
    }

    /**
     * Refuses a name that the configuration has taken.
     *
     * @throws ProblemException 409
     */
    void requireFree(String name) {
        if (settings.configured().stream().anyMatch(server -> server.name().equals(name))) {
            throw Written.nameTaken(name);
        }
    }

    private Optional<RegisteredServer> configuredById(String id) {
        return settings.configured().stream()
                .filter(server -> server.id().equals(id))
                .findFirst();
    }

    private Found configured(RegisteredServer server) {
        return new Found(server.id(), server.version(), ServerJson.configured(server, registry.current(server.id())));
    }
}
