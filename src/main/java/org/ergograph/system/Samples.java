package org.ergograph.system;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ergograph.observation.Sample;
import org.jspecify.annotations.Nullable;

/** The samples that a state of the system amounts to. */
final class Samples {
    private static final String PERCENT = "%";
    private static final String RATE = "By/s";

    private final Instant at;
    private final List<Sample> samples = new ArrayList<>();

    private Samples(Instant at) {
        this.at = at;
    }

    /**
     * What is known, and rates where there was a state before.
     *
     * @param seconds the time since then
     */
    static List<Sample> of(SystemState state, @Nullable SystemState before, double seconds) {
        Samples to = new Samples(state.at());
        state.cpuPercent().ifPresent(value -> to.add("cpu_usage_percent", PERCENT, value));
        to.usage("memory", state.memory());
        to.usage("disk", state.disk());
        to.bytes("heap_used_bytes", state.heapUsedBytes());
        to.bytes("heap_committed_bytes", state.heapCommittedBytes());
        state.heapMaxBytes()
                .ifPresent(max -> to.add("heap_usage_percent", PERCENT, 100.0 * state.heapUsedBytes() / max));
        to.bytes("non_heap_used_bytes", state.nonHeapUsedBytes());
        if (before != null && seconds > 0) {
            to.rates("network_receive", "network_transmit", before.network(), state.network(), seconds);
            to.rates("disk_read", "disk_written", before.disks(), state.disks(), seconds);
        }
        return to.samples;
    }

    private void usage(String name, Optional<Usage> usage) {
        usage.ifPresent(of -> {
            bytes(name + "_usage_bytes", of.usedBytes());
            add(name + "_usage_percent", PERCENT, of.percent());
        });
    }

    private void rates(String in, String out, Optional<Transfer> before, Optional<Transfer> now, double seconds) {
        if (before.isPresent() && now.isPresent()) {
            Transfer from = before.get();
            Transfer to = now.get();
            add(in + "_bytes_per_second", RATE, (to.inBytes() - from.inBytes()) / seconds);
            add(out + "_bytes_per_second", RATE, (to.outBytes() - from.outBytes()) / seconds);
        }
    }

    private void bytes(String name, long value) {
        add(name, "By", (double) value);
    }

    private void add(String name, String unit, double value) {
        samples.add(new Sample(name, unit, at, value));
    }
}
