package org.ergograph.registry;

import java.time.Duration;
import java.util.List;

/**
 * How servers are registered. Immutable.
 *
 * @param probeTimeout how long the probe of a server may take
 * @param poll how often the servers are read anew, for what other nodes changed
 * @param stateRetention how long it is kept what state a server was in
 * @param configured servers that the operator's configuration names, by id; nobody else changes them
 */
public record RegistrySettings(
        Duration probeTimeout, Duration poll, Duration stateRetention, List<RegisteredServer> configured) {
    public RegistrySettings {
        configured = List.copyOf(configured);
    }
}
