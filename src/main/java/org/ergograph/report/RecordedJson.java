package org.ergograph.report;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.ergograph.history.query.RecordedFigures;
import org.ergograph.history.query.RecordedMetric;
import org.ergograph.history.query.RecordedSummary;
import org.ergograph.observation.Kind;
import org.ergograph.web.JsonText;
import org.ergograph.window.Distribution;
import org.ergograph.window.SampleWindow;

/** The summary of some hours as JSON. */
final class RecordedJson {
    private static final MathContext DIGITS = new MathContext(12);
    private static final String TREND_METHOD =
            "median slope of all pairs of points (Theil-Sen); a change under 10% of the median is stable; less is better";

    private RecordedJson() {}

    /**
     * @param now what was sampled last on this node, by name
     * @param fired how many alerts began to fire, by severity
     */
    static JsonObject of(RecordedSummary summary, int hours, Map<String, SampleWindow> now, Map<String, Long> fired) {
        JsonObjectBuilder json = JsonText.object()
                .add("hours", hours)
                .add("from", summary.from().toString())
                .add("to", summary.to().toString());
        if (summary.since() == null) {
            json.addNull("dataSince");
        } else {
            json.add("dataSince", summary.since().toString());
        }
        json.add("relativeError", Distribution.RELATIVE_ERROR)
                .add("sampled", false)
                .add("overall", figures(summary, Kind.HTTP))
                .add("alerts", alerts(fired));
        JsonObjectBuilder kinds = JsonText.object();
        for (Kind kind : Kind.values()) {
            kinds.add(kind.label(), figures(summary, kind));
        }
        JsonArrayBuilder metrics = JsonText.array();
        for (RecordedMetric metric : summary.metrics()) {
            SampleWindow latest = now.get(metric.name());
            metrics.add(JsonText.object()
                    .add("name", metric.name())
                    .add("unit", metric.unit())
                    .add("current", rounded(latest == null ? metric.latest() : latest.latest()))
                    .add("mean", rounded(metric.mean()))
                    .add("min", rounded(metric.min()))
                    .add("max", rounded(metric.max()))
                    .add("standardDeviation", rounded(metric.standardDeviation()))
                    .add("count", metric.count())
                    .add("trend", metric.trend().word()));
        }
        return json.add("byKind", kinds)
                .add("metrics", metrics)
                .add("trendMethod", TREND_METHOD)
                .build();
    }

    private static JsonObject alerts(Map<String, Long> fired) {
        JsonObjectBuilder json = JsonText.object()
                .add("total", fired.values().stream().mapToLong(Long::longValue).sum());
        new TreeMap<>(fired).forEach(json::add);
        return json.build();
    }

    private static JsonObject figures(RecordedSummary summary, Kind kind) {
        RecordedFigures figures = summary.byKind().get(kind);
        JsonObjectBuilder json = JsonText.object();
        if (figures == null) {
            return json.build();
        }
        json.add("total", figures.count());
        number(json, "perHour", ratio((double) figures.count(), summary.hours()));
        json.add("errors", figures.errors());
        number(json, "errorRate", ratio((double) figures.errors(), (double) figures.count()));
        number(json, "meanSeconds", figures.meanSeconds());
        number(json, "p95Seconds", figures.p95Seconds());
        number(json, "p99Seconds", figures.p99Seconds());
        return json.build();
    }

    private static OptionalDouble ratio(double part, double whole) {
        return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of(part / whole);
    }

    private static void number(JsonObjectBuilder json, String name, OptionalDouble value) {
        if (value.isPresent()) {
            json.add(name, rounded(value.getAsDouble()));
        } else {
            json.addNull(name);
        }
    }

    private static BigDecimal rounded(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }
}
