package org.ergograph.advice;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.ergograph.settings.Threshold;
import org.ergograph.system.Transfer;
import org.ergograph.system.Usage;
import org.jspecify.annotations.Nullable;

/** A figure that can be monitored: how it is called, its unit, and how much of it is usually too much. */
enum Watched {
    CPU("cpu", "%", Threshold.CPU_USAGE, tick -> tick.state().cpuPercent()),
    MEMORY("memory", "%", Threshold.MEMORY_USAGE, tick -> percent(tick.state().memory())),
    HEAP("heap", "%", null, Watched::heap),
    DISK("disk", "%", Threshold.DISK_USAGE, tick -> percent(tick.state().disk())),
    NETWORK("network", "By/s", null, Watched::network),
    EXECUTION_TIME(
            "execution_time",
            "s",
            Threshold.P95_RESPONSE_TIME,
            tick -> tick.calls().quantileSeconds(0.95)),
    ERROR_RATE("error_rate", "ratio", Threshold.ERROR_RATE, tick -> tick.calls().errorRate()),
    THROUGHPUT(
            "throughput",
            "1/s",
            Threshold.REQUESTS_PER_SECOND,
            tick -> OptionalDouble.of(tick.calls().count() / tick.seconds()));

    private static final double HEAP_PERCENT = 90;

    private final String label;
    private final String unit;
    private final @Nullable Threshold threshold;

    @SuppressWarnings("ImmutableEnumChecker") // none of the functions has a state
    private final Function<Tick, OptionalDouble> value;

    Watched(String label, String unit, @Nullable Threshold threshold, Function<Tick, OptionalDouble> value) {
        this.label = label;
        this.unit = unit;
        this.threshold = threshold;
        this.value = value;
    }

    /** The metric of this name; empty if there is none. */
    static Optional<Watched> parse(String label) {
        return Arrays.stream(values()).filter(each -> each.label.equals(label)).findFirst();
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(Watched::label).toList();
    }

    /** The name in {@code metrics_types}. */
    String label() {
        return label;
    }

    /** The unit in UCUM; {@code ratio} is a share, 0 to 1. */
    String unit() {
        return unit;
    }

    /**
     * What it should not exceed where nothing else is said; NaN if there is no such value.
     *
     * @param thresholds the values that hold now
     */
    double usualLimit(ToDoubleFunction<Threshold> thresholds) {
        return threshold != null ? thresholds.applyAsDouble(threshold) : this == HEAP ? HEAP_PERCENT : Double.NaN;
    }

    /** The figure of one sample; empty if the platform does not tell it, or nothing happened that it could be of. */
    OptionalDouble of(Tick tick) {
        return value.apply(tick);
    }

    private static OptionalDouble percent(Optional<Usage> usage) {
        return usage.isPresent() ? OptionalDouble.of(usage.get().percent()) : OptionalDouble.empty();
    }

    private static OptionalDouble heap(Tick tick) {
        return tick.state().heapMaxBytes().isPresent()
                ? OptionalDouble.of(100.0
                        * tick.state().heapUsedBytes()
                        / tick.state().heapMaxBytes().getAsLong())
                : OptionalDouble.empty();
    }

    /** Received and sent together. */
    private static OptionalDouble network(Tick tick) {
        Optional<Transfer> before = tick.before().network();
        Optional<Transfer> now = tick.state().network();
        if (before.isEmpty() || now.isEmpty()) {
            return OptionalDouble.empty();
        }
        long bytes = now.get().inBytes()
                + now.get().outBytes()
                - before.get().inBytes()
                - before.get().outBytes();
        return OptionalDouble.of(Math.max(0, bytes) / tick.seconds());
    }
}
