package org.ergograph.scenario;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.ergograph.alert.Acknowledgement;
import org.ergograph.alert.Alert;
import org.ergograph.alert.AlertLabels;
import org.ergograph.alert.AlertState;
import org.ergograph.alert.AlertState.Firing;
import org.ergograph.alert.AlertState.Inactive;
import org.ergograph.alert.AlertState.Resolved;
import org.ergograph.alert.Lifecycle;
import org.ergograph.alert.Recent;
import org.ergograph.alert.Rule;
import org.ergograph.alert.Transition;
import org.ergograph.alert.condition.Subject;
import org.ergograph.alert.condition.Verdict;
import org.ergograph.alert.condition.Verdict.Outcome;
import org.ergograph.alert.routing.ChannelPolicy;
import org.ergograph.alert.routing.Decision.Tell;
import org.ergograph.alert.routing.Decisions;
import org.ergograph.alert.routing.LastTold;
import org.ergograph.alert.routing.MessageText;
import org.ergograph.alert.routing.Occasion;
import org.ergograph.alert.routing.Told;
import org.jspecify.annotations.Nullable;

/** The life of the alerts of one rule and one subject, evaluated each minute from noon; what happens becomes a story. */
final class Timeline {
    private final Rule rule;
    private final Subject subject;
    private final List<String> story = new ArrayList<>();
    private final Map<String, LastTold> told = new HashMap<>();
    private final Map<String, Instant> toldOfEarlier = new HashMap<>();
    private Instant now = Instant.parse("2026-03-02T11:59:00Z");
    private int episode = 1;
    private Alert alert;

    Timeline(Rule rule, Map<String, String> labels) {
        this.rule = rule;
        this.subject = new Subject(labels);
        this.alert = inactive();
    }

    private Alert inactive() {
        return new Alert(
                "alert-" + episode,
                rule,
                subject,
                AlertLabels.of(rule, subject),
                new Inactive(now),
                Recent.NONE,
                verdict(Outcome.CLEAR, 0.2),
                null,
                null,
                Set.of(),
                Set.of(),
                null);
    }

    private static Verdict verdict(Outcome outcome, double seconds) {
        return new Verdict(
                outcome, "p95", OptionalDouble.of(seconds), OptionalDouble.of(1), 50, "p95 is " + seconds + " s");
    }

    /** For so many minutes the 95th percentile is this; over a second is too slow. */
    Timeline slow(int minutes, double seconds) {
        for (int i = 0; i < minutes; i++) {
            now = now.plusSeconds(60);
            evaluate(verdict(seconds > 1 ? Outcome.MET : Outcome.CLEAR, seconds));
        }
        return this;
    }

    Timeline acknowledged(String owner) {
        story.add(time() + " acknowledged by " + owner);
        alert = with(alert.state(), alert.recent(), alert.last(), new Acknowledgement(owner, "on it", now, null));
        return this;
    }

    /** A line for each thing that happened. */
    List<String> story() {
        return List.copyOf(story);
    }

    private void evaluate(Verdict verdict) {
        if (alert.state() instanceof Resolved) {
            told.forEach((channel, last) -> toldOfEarlier.put(channel, last.at()));
            told.clear();
            episode++;
            alert = inactive();
        }
        Transition led =
                Lifecycle.next(alert.state(), alert.recent(), rule.timing(), verdict, Duration.ofMinutes(1), now);
        if (led.changed()) {
            story.add(time() + " " + led.state().word() + ": " + led.reason());
        }
        alert = with(led.state(), led.recent(), verdict, alert.acknowledgement());
        tell();
    }

    private void tell() {
        Instant anywhere = Stream.concat(told.values().stream().map(LastTold::at), toldOfEarlier.values().stream())
                .max(Instant::compareTo)
                .orElse(null);
        Map<String, Occasion> tells = new HashMap<>();
        for (String channel : rule.channels()) {
            Told before = new Told(told.get(channel), toldOfEarlier.get(channel), anywhere);
            if (Decisions.decide(alert, ChannelPolicy.of(channel), before, true, now) instanceof Tell tell) {
                tells.put(channel, tell.occasion());
                story.add(time() + " " + channel + " is told: "
                        + MessageText.of(alert, tell.occasion(), now).title());
            }
        }
        tells.forEach((channel, occasion) ->
                told.merge(channel, LastTold.of(occasion, now), (last, next) -> last.then(occasion, now)));
    }

    private Alert with(AlertState state, Recent recent, Verdict last, @Nullable Acknowledgement acknowledgement) {
        Instant firedAt = state instanceof Firing firing ? firing.since() : alert.firedAt();
        return new Alert(
                alert.id(),
                rule,
                subject,
                alert.labels(),
                state,
                recent,
                last,
                firedAt,
                acknowledgement,
                Set.of(),
                Set.of(),
                null);
    }

    private String time() {
        return LocalTime.ofInstant(now, ZoneOffset.UTC).toString();
    }
}
