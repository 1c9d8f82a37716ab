package org.ergograph.health;

import java.time.Duration;
import java.util.List;

/**
 * How health is checked. Immutable.
 *
 * @param interval the time from one run of a check to the next
 * @param timeout how long a check may take before it counts as unhealthy
 * @param cpuPercent processor use from which on it counts as over its limit
 * @param memoryPercent the same for memory
 * @param diskPercent the same for the volume of the data directory
 * @param urls that are checked
 * @param ready names of the checks without which this node is not ready
 */
public record HealthSettings(
        Duration interval,
        Duration timeout,
        int cpuPercent,
        int memoryPercent,
        int diskPercent,
        List<WatchedUrl> urls,
        List<String> ready) {
    public HealthSettings {
        urls = List.copyOf(urls);
        ready = List.copyOf(ready);
    }
}
