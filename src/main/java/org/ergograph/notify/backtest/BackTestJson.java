package org.ergograph.notify.backtest;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import org.ergograph.history.query.Piece;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;

/** What a back-test came to, as it is answered. */
final class BackTestJson {
    private BackTestJson() {}

    static JsonObject of(BackTest.Question question, Outcome outcome) {
        JsonArrayBuilder episodes = JsonText.array();
        outcome.episodes().forEach(episode -> episodes.add(episode(episode, outcome.to())));
        Outcome.Totals totals = outcome.totals();
        return JsonText.object()
                .add("coverage", coverage(question, outcome))
                .add("from", outcome.from().toString())
                .add("to", outcome.to().toString())
                .add("step", outcome.step().toString())
                .add(
                        "totals",
                        JsonText.object()
                                .add("fired", totals.fired())
                                .add("firingAtEnd", totals.firingAtEnd())
                                .add("pendingOnly", totals.pendingOnly())
                                .add("subjects", totals.subjects())
                                .add("firingSeconds", seconds(totals.firing()))
                                .add("longestSeconds", seconds(totals.longest())))
                .add("episodes", episodes)
                .add("listed", outcome.episodes().size())
                .build();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }

    private static JsonObjectBuilder coverage(BackTest.Question question, Outcome outcome) {
        Coverage coverage = outcome.coverage();
        JsonArrayBuilder tiers = JsonText.array();
        for (Piece piece : coverage.pieces()) {
            tiers.add(JsonText.object()
                    .add("interval", piece.tier().length().toString())
                    .add("from", piece.from().toString())
                    .add("to", piece.to().toString()));
        }
        JsonObjectBuilder json = JsonText.object()
                .add("result", coverage.result())
                .add("evaluations", coverage.steps())
                .add("withData", coverage.withData())
                .add("share", Math.round(coverage.share() * 1e6) / 1e6);
        moment(json, "firstData", coverage.firstData());
        moment(json, "lastData", coverage.lastData());
        json.add("series", coverage.series()).add("failed", coverage.failed());
        String failure = coverage.failure();
        if (failure == null) {
            json.addNull("failure");
        } else {
            json.add("failure", failure);
        }
        json.add("tiers", tiers);
        Duration period = question.timing().evaluationPeriod();
        if (coverage.steps() > 0 && !outcome.step().equals(period)) {
            json.add(
                    "note",
                    "evaluated every " + outcome.step() + " and not every " + period
                            + ": what the record still has of this time has no shorter intervals");
        }
        return json;
    }

    private static JsonObjectBuilder episode(Episode episode, Instant end) {
        JsonObjectBuilder subject = JsonText.object();
        episode.subject().labels().forEach(subject::add);
        JsonObjectBuilder json = JsonText.object().add("subject", subject);
        moment(json, "pendingFrom", episode.pendingFrom());
        moment(json, "firedFrom", episode.firedFrom());
        moment(json, "to", episode.to());
        json.add("firingSeconds", seconds(episode.fired(end))).add("metric", episode.metric());
        number(json, "worst", episode.worst());
        number(json, "threshold", episode.threshold());
        return json;
    }

    private static void number(JsonObjectBuilder json, String name, OptionalDouble value) {
        if (value.isPresent() && Double.isFinite(value.getAsDouble())) {
            json.add(name, value.getAsDouble());
        } else {
            json.addNull(name);
        }
    }

    private static void moment(JsonObjectBuilder json, String name, @Nullable Instant moment) {
        if (moment == null) {
            json.addNull(name);
        } else {
            json.add(name, moment.toString());
        }
    }
}
