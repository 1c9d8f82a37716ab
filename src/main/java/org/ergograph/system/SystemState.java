package org.ergograph.system;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a sample of the system found. Whatever the platform cannot tell is empty. Immutable.
 *
 * @param at when it was taken
 * @param cpuPercent processor use of the host or container since the sample before, 0 to 100
 * @param memory of the host or container, reclaimable caches not counted as used
 * @param disk the volume of the data directory
 * @param heapMaxBytes empty if the heap has no limit
 * @param network all interfaces, loopback apart
 * @param disks all block devices, each once
 */
public record SystemState(
        Instant at,
        OptionalDouble cpuPercent,
        Optional<Usage> memory,
        Optional<Usage> disk,
        long heapUsedBytes,
        long heapCommittedBytes,
        OptionalLong heapMaxBytes,
        long nonHeapUsedBytes,
        Optional<Transfer> network,
        Optional<Transfer> disks) {
    SystemState withCpuPercent(double percent) {
        return new SystemState(
                at,
                OptionalDouble.of(percent),
                memory,
                disk,
                heapUsedBytes,
                heapCommittedBytes,
                heapMaxBytes,
                nonHeapUsedBytes,
                network,
                disks);
    }
}
