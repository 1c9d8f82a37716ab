package org.ergograph.registry;

import java.time.Duration;

/**
 * How servers are registered. Immutable.
 *
 * @param probeTimeout how long the probe of a server may take
 */
public record RegistrySettings(Duration probeTimeout) {}
