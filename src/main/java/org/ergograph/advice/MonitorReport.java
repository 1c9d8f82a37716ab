package org.ergograph.advice;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.ergograph.settings.Threshold;
import org.ergograph.tool.Answer;
import org.ergograph.web.Csv;
import org.ergograph.web.JsonText;
import org.ergograph.window.Distribution;
import org.ergograph.window.SeriesWindow;
import org.jspecify.annotations.Nullable;

/** Makes the answer of a monitoring: at most 64 KiB, whatever was monitored. */
final class MonitorReport {
    private static final int BUSIEST = 5;

    private final Monitored done;
    private final @Nullable Past past;
    private final List<Finding> findings;
    private final String verdict;

    /**
     * @param past null if nobody asked for it
     * @param limits the usual ones that hold now
     */
    MonitorReport(Monitored done, @Nullable Past past, ToDoubleFunction<Threshold> limits) {
        this.done = done;
        this.past = past;
        this.findings = Findings.of(done, past, limits);
        this.verdict = Findings.verdict(done, findings);
    }

    Answer answer() {
        String format = done.request().format();
        JsonObjectBuilder json = JsonText.object()
                .add("verdict", verdict)
                .add("from", Numbers.shown(done.from()))
                .add("to", Numbers.shown(done.to()))
                .add("target", done.target().label())
                .add("samplingIntervalSeconds", done.request().interval().toNanos() / 1e9)
                .add("samples", done.taken())
                .add("missedSamples", done.missed());
        if (format.equals("dashboard")) {
            json.add("panels", panels());
        } else {
            json.add("execution", execution());
            json.add("metrics", metrics(format.equals("json")));
        }
        if (past != null) {
            json.add("historical", past.json(done.target()));
        }
        JsonArrayBuilder found = JsonText.array();
        JsonArrayBuilder recommended = JsonText.array();
        for (Finding finding : findings) {
            found.add(finding.json());
            if (!finding.recommendation().isEmpty()) {
                recommended.add(finding.advice());
            }
        }
        json.add("findings", found).add("recommendations", recommended).add("nextActions", nextActions());
        if (perPoint() > 1) {
            json.add(
                    "note",
                    "each point is up to " + perPoint()
                            + " samples; for finer ones choose a shorter monitoring_duration"
                            + " or fewer metrics_types");
        }
        String text = format.equals("csv")
                ? csv()
                : verdict + " (" + Numbers.shown(done.from()) + " to " + Numbers.shown(done.to()) + ")";
        return Answer.structured(json.build(), text, done.took());
    }

    private int perPoint() {
        return done.tracks().isEmpty() ? 1 : done.tracks().get(0).perPoint();
    }

    private JsonObject execution() {
        JsonObjectBuilder json = figures(done.calls());
        JsonArrayBuilder busiest = JsonText.array();
        done.busiest(BUSIEST)
                .forEach(each -> busiest.add(figures(each.distribution()).add("series", label(each))));
        return json.add("busiest", busiest).build();
    }

    private JsonObjectBuilder figures(Distribution calls) {
        JsonObjectBuilder json = JsonText.object().add("count", calls.count()).add("errors", calls.errors());
        Numbers.put(json, "errorRate", calls.errorRate());
        json.add(
                "ratePerSecond",
                Numbers.rounded(calls.count() / Math.max(1e-3, done.took().toNanos() / 1e9)));
        Numbers.put(json, "meanSeconds", calls.meanSeconds());
        Numbers.put(json, "p50Seconds", calls.quantileSeconds(0.5));
        Numbers.put(json, "p95Seconds", calls.quantileSeconds(0.95));
        Numbers.put(json, "p99Seconds", calls.quantileSeconds(0.99));
        return json;
    }

    private static String label(SeriesWindow each) {
        return each.series().kind().label() + ":" + each.series().name();
    }

    private JsonArrayBuilder metrics(boolean withPoints) {
        JsonArrayBuilder metrics = JsonText.array();
        for (Track track : done.tracks()) {
            JsonObjectBuilder json = JsonText.object()
                    .add("metric", track.metric().label())
                    .add("unit", track.metric().unit())
                    .add("samples", track.all().count());
            span(json, track.all());
            if (track.threshold() != null) {
                json.add("threshold", track.threshold()).add("samplesOver", track.over());
                if (track.firstOver() != null) {
                    json.add("firstOver", Numbers.shown(track.firstOver()));
                }
            }
            if (withPoints) {
                json.add("points", points(track));
            }
            metrics.add(json);
        }
        return metrics;
    }

    private static void span(JsonObjectBuilder json, Track.Span span) {
        Numbers.put(json, "mean", span.mean());
        if (span.count() != 1) {
            Numbers.put(json, "min", span.min());
            Numbers.put(json, "max", span.max());
        }
    }

    private static JsonArrayBuilder points(Track track) {
        JsonArrayBuilder points = JsonText.array();
        for (Track.Span point : track.points()) {
            JsonObjectBuilder json = JsonText.object().add("at", Numbers.shown(point.at()));
            span(json, point);
            points.add(json);
        }
        return points;
    }

    private JsonArrayBuilder panels() {
        JsonArrayBuilder panels = JsonText.array();
        panels.add(panel("Verdict", "text").add("text", verdict));
        panels.add(panel("Calls of " + done.target().label(), "stat").add("values", figures(done.calls())));
        for (Track track : done.tracks()) {
            JsonObjectBuilder panel = panel(track.metric().label(), "timeseries")
                    .add("unit", track.metric().unit())
                    .add("points", points(track));
            if (track.threshold() != null) {
                panel.add("threshold", track.threshold());
            }
            panels.add(panel);
        }
        JsonArrayBuilder rows = JsonText.array();
        done.busiest(BUSIEST)
                .forEach(each -> rows.add(figures(each.distribution()).add("series", label(each))));
        return panels.add(panel("Most time spent", "table").add("rows", rows));
    }

    private static JsonObjectBuilder panel(String title, String type) {
        return JsonText.object().add("title", title).add("type", type);
    }

    private JsonArrayBuilder nextActions() {
        JsonArrayBuilder actions = JsonText.array();
        if (done.target().name() == null) {
            done.busiest(1).forEach(each -> {
                long all = Math.max(1, done.calls().sumNanos());
                long share = Math.round(100.0 * each.distribution().sumNanos() / all);
                actions.add(action(
                        label(each) + " has " + share + "% of the time spent",
                        JsonText.object()
                                .add("monitoring_scope", "specific")
                                .add("target_id", label(each))
                                .add(
                                        "metrics_types",
                                        JsonText.array().add("execution_time").add("error_rate"))
                                .add("include_historical", true)));
            });
        } else if (past == null) {
            actions.add(action(
                    "compares with the 24 hours before",
                    JsonText.object()
                            .add("monitoring_scope", "specific")
                            .add(
                                    "target_id",
                                    done.target().kind().label() + ":"
                                            + done.target().name())
                            .add("include_historical", true)));
        }
        return actions;
    }

    private static JsonObjectBuilder action(String reason, JsonObjectBuilder arguments) {
        return JsonText.object()
                .add("tool", MonitorPerformance.NAME)
                .add("arguments", arguments)
                .add("reason", reason);
    }

    private String csv() {
        StringBuilder text = new StringBuilder();
        List<Object> header = new ArrayList<>(List.of("at"));
        for (Track track : done.tracks()) {
            String name = track.metric().label() + " (" + track.metric().unit() + ")";
            header.addAll(List.of(name + " mean", name + " min", name + " max"));
        }
        try {
            Csv.row(text, header);
            int rows =
                    done.tracks().isEmpty() ? 0 : done.tracks().get(0).points().size();
            for (int i = 0; i < rows; i++) {
                List<@Nullable Object> cells = new ArrayList<>();
                cells.add(Numbers.shown(done.tracks().get(0).points().get(i).at()));
                for (Track track : done.tracks()) {
                    Track.Span point = track.points().get(i);
                    cells.add(cell(point.mean()));
                    cells.add(cell(point.min()));
                    cells.add(cell(point.max()));
                }
                Csv.row(text, cells);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a builder in memory has none
        }
        return text.toString();
    }

    private static @Nullable Object cell(OptionalDouble value) {
        return value.isPresent() ? Numbers.rounded(value.getAsDouble()) : null;
    }
}
