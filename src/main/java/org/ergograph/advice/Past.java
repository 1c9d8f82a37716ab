package org.ergograph.advice;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.ergograph.history.query.RecordedFigures;
import org.ergograph.web.JsonText;
import org.ergograph.window.Distribution;
import org.ergograph.window.SampleWindow;
import org.ergograph.window.WindowSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What was before a monitoring. Immutable.
 *
 * @param figures of the record; null if the database did not answer
 * @param from the beginning of the range that was asked for
 * @param to its end, the beginning of the monitoring
 * @param system what was sampled in the live window
 */
record Past(
        @Nullable RecordedFigures figures,
        Instant from,
        Instant to,
        Map<String, SampleWindow> system,
        Duration covered) {
    /** How far back it goes. */
    static final Duration LENGTH = Duration.ofHours(24);

    private static final Map<String, String> SAMPLES = Map.of(
            "cpu", "cpu_usage_percent",
            "memory", "memory_usage_percent",
            "disk", "disk_usage_percent",
            "heap", "heap_usage_percent");

    static Past of(@Nullable RecordedFigures figures, Instant to, WindowSnapshot window) {
        return new Past(figures, to.minus(LENGTH), to, window.samples(), window.covered());
    }

    JsonObject json(Target target) {
        JsonObjectBuilder json = JsonText.object()
                .add("from", Numbers.shown(from))
                .add("to", Numbers.shown(to))
                .add(
                        "basis",
                        "rollups of " + target.label() + " on all nodes, percentiles within "
                                + Math.round(Distribution.RELATIVE_ERROR * 100)
                                + "%; samples of cpu, memory, disk and heap of the live window");
        if (figures == null) {
            json.add("available", false).add("reason", "the database did not answer in time");
        } else {
            json.add("available", true)
                    .add("count", figures.count())
                    .add("errors", figures.errors())
                    .add("coveredFrom", Numbers.shown(figures.from()))
                    .add("coveredTo", Numbers.shown(figures.to()));
            Numbers.put(json, "meanSeconds", figures.meanSeconds());
            Numbers.put(json, "p50Seconds", figures.p50Seconds());
            Numbers.put(json, "p95Seconds", figures.p95Seconds());
            Numbers.put(json, "p99Seconds", figures.p99Seconds());
            Numbers.put(json, "maxSeconds", figures.maxSeconds());
        }
        JsonObjectBuilder samples = JsonText.object().add("seconds", covered.toSeconds());
        SAMPLES.forEach((metric, name) -> {
            SampleWindow sampled = system.get(name);
            if (sampled != null) {
                samples.add(
                        metric,
                        JsonText.object()
                                .add("mean", Numbers.rounded(sampled.mean()))
                                .add("min", Numbers.rounded(sampled.min()))
                                .add("max", Numbers.rounded(sampled.max()))
                                .add("samples", sampled.count())
                                .add("unit", sampled.unit()));
            }
        });
        return json.add("window", samples).build();
    }
}
