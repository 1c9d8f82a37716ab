package org.ergograph.registry;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.observation.TimeSource;

/** A registry that knows the servers of a configuration and has no database. */
public final class TestRegistry {
    private TestRegistry() {}

    public static Registry of(TimeSource time, List<RegisteredServer> servers) {
        return new Registry(
                new ServerRepository(),
                new StateRepository(),
                new RegistrySettings(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofDays(30), servers),
                new NodeIdentity("node", "1", 0),
                time);
    }

    /** What was found of the server last. */
    public static Optional<StatePeriod> found(Registry registry, String serverId) {
        return registry.current(serverId);
    }
}
