package org.ergograph.advice;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ergograph.tool.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * What is to be monitored, how long and how often. Immutable.
 *
 * @param scope {@code system}, {@code automation}, {@code macro} or {@code specific}
 * @param target what of it; null for all
 * @param metrics in their own order, those with a threshold included
 * @param thresholds what a sample may not exceed, in the metric's unit
 * @param format {@code json}, {@code csv} or {@code dashboard}
 */
record MonitorRequest(
        String scope,
        @Nullable String target,
        Set<Watched> metrics,
        Duration duration,
        Duration interval,
        boolean historical,
        Map<Watched, Double> thresholds,
        String format) {

    /** Reads arguments that have passed the schema. */
    static MonitorRequest of(Arguments arguments) {
        Map<Watched, Double> thresholds = new EnumMap<>(Watched.class);
        arguments
                .numbers("alert_thresholds")
                .forEach((name, limit) -> Watched.parse(name).ifPresent(metric -> thresholds.put(metric, limit)));
        Set<Watched> metrics = EnumSet.noneOf(Watched.class);
        arguments
                .texts("metrics_types", List.of("cpu", "memory", "execution_time"))
                .forEach(name -> Watched.parse(name).ifPresent(metrics::add));
        metrics.addAll(thresholds.keySet());
        return new MonitorRequest(
                arguments.text("monitoring_scope", "system"),
                arguments.text("target_id"),
                metrics,
                seconds(arguments.number("monitoring_duration", 60)),
                seconds(arguments.number("sampling_interval", 1)),
                arguments.flag("include_historical", false),
                thresholds,
                arguments.text("export_format", "json"));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    /** How many samples there are; the last one is at the end, and may follow the one before sooner than the interval. */
    int samples() {
        return Math.toIntExact(Math.max(1, -Math.floorDiv(-duration.toNanos(), interval.toNanos())));
    }

    /** When the sample of this number, from 1, is due, in nanoseconds after the start. */
    long dueNanos(int sample) {
        return Math.min(duration.toNanos(), sample * interval.toNanos());
    }
}
