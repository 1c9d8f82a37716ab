package org.ergograph.alert.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ergograph.alert.Samples.NOON;
import static org.ergograph.alert.Samples.acknowledged;
import static org.ergograph.alert.Samples.cooldown;
import static org.ergograph.alert.Samples.escalatedAt;
import static org.ergograph.alert.Samples.escalation;
import static org.ergograph.alert.Samples.firedAt;
import static org.ergograph.alert.Samples.firing;
import static org.ergograph.alert.Samples.hiddenBy;
import static org.ergograph.alert.Samples.in;
import static org.ergograph.alert.Samples.rule;
import static org.ergograph.alert.Samples.silencedBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.ergograph.alert.Alert;
import org.ergograph.alert.AlertState.Failed;
import org.ergograph.alert.AlertState.Firing;
import org.ergograph.alert.AlertState.Inactive;
import org.ergograph.alert.AlertState.NoData;
import org.ergograph.alert.AlertState.Pending;
import org.ergograph.alert.AlertState.Resolved;
import org.ergograph.alert.AlertState.Resolving;
import org.ergograph.alert.Samples;
import org.ergograph.alert.Severity;
import org.ergograph.alert.routing.Decision.Hold;
import org.ergograph.alert.routing.Decision.Tell;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The alert fires since noon; cooldown 1 h, escalation after 30 min, repeated after 4 h, 5 min between two messages. */
class DecisionsTest {
    private static final ChannelPolicy EMAIL = ChannelPolicy.of("email");
    private static final Alert FIRING = firing("a1", rule("slow"), Map.of("tool", "search"));
    private static final Alert QUIET = Samples.of(FIRING, escalation(FIRING.rule(), Duration.ZERO));
    private static final Alert OVER = in(FIRING, new Resolved(at("12:10")));

    /** What is expected: an occasion, or null to hold, finally or not. */
    record Row(
            String sentence,
            Alert alert,
            ChannelPolicy channel,
            Told told,
            boolean settled,
            Instant now,
            @Nullable Occasion occasion,
            boolean later,
            String reason) {
        @Override
        public String toString() {
            return sentence;
        }
    }

    private static Instant at(String time) {
        return Instant.parse("2026-03-02T" + time + (time.length() == 5 ? ":00Z" : "Z"));
    }

    /** Told on this channel, and so anywhere. */
    private static Told told(Occasion occasion, String time) {
        return new Told(LastTold.of(occasion, at(time)), null, at(time));
    }

    private static Told twice(Occasion first, Occasion second, String time) {
        return new Told(LastTold.of(first, NOON).then(second, at(time)), null, at(time));
    }

    /** An alert before this one was told then. */
    private static Told before(String time) {
        return new Told(null, at(time), at(time));
    }

    private static Told elsewhere(String time) {
        return new Told(null, null, at(time));
    }

    private static Row tells(Occasion occasion, String sentence, Alert alert, Told told, String now, String reason) {
        return new Row(sentence, alert, EMAIL, told, true, at(now), occasion, false, reason);
    }

    private static Row holds(String sentence, Alert alert, Told told, String now, String reason) {
        return new Row(sentence, alert, EMAIL, told, true, at(now), null, true, reason);
    }

    private static Row ends(String sentence, Alert alert, Told told, String now, String reason) {
        return new Row(sentence, alert, EMAIL, told, true, at(now), null, false, reason);
    }

    private static Row on(ChannelPolicy channel, Row row) {
        return new Row(
                row.sentence(),
                row.alert(),
                channel,
                row.told(),
                true,
                row.now(),
                row.occasion(),
                row.later(),
                row.reason());
    }

    private static Row unsettled(Row row) {
        return new Row(
                row.sentence(),
                row.alert(),
                row.channel(),
                row.told(),
                false,
                row.now(),
                row.occasion(),
                row.later(),
                row.reason());
    }

    static List<Row> whileItFires() {
        Told first = told(Occasion.FIRING, "12:00");
        return List.of(
                tells(Occasion.FIRING, "what fires is told", FIRING, Told.NOTHING, "12:00", "it fires"),
                tells(
                        Occasion.FIRING,
                        "what is kept firing is told",
                        in(FIRING, new Resolving(at("12:00"), NOON, Duration.ZERO)),
                        Told.NOTHING,
                        "12:00",
                        "it fires"),
                tells(
                        Occasion.FIRING,
                        "what fired before there was no data is told",
                        in(FIRING, new NoData(at("12:00"), new Firing(NOON))),
                        Told.NOTHING,
                        "12:00",
                        "it fires"),
                ends(
                        "pending is not told",
                        in(FIRING, new Pending(NOON, Duration.ZERO)),
                        Told.NOTHING,
                        "12:00",
                        "it does not fire: pending"),
                ends(
                        "inactive is not told",
                        in(FIRING, new Inactive(NOON)),
                        Told.NOTHING,
                        "12:00",
                        "it does not fire: inactive"),
                ends(
                        "an error while pending is not told",
                        in(FIRING, new Failed(NOON, new Pending(NOON, Duration.ZERO), "")),
                        Told.NOTHING,
                        "12:00",
                        "it does not fire: error"),
                holds(
                        "what was told is not told twice",
                        FIRING,
                        first,
                        "12:00",
                        "told at 2026-03-02T12:00:00Z, again at 2026-03-02T16:00:00Z"),
                holds(
                        "it is not told again a second before the repeat interval",
                        QUIET,
                        first,
                        "15:59:59",
                        "told at 2026-03-02T12:00:00Z, again at 2026-03-02T16:00:00Z"),
                tells(
                        Occasion.REPEAT,
                        "it is told again after the repeat interval",
                        QUIET,
                        first,
                        "16:00",
                        "it still fires, told at 2026-03-02T12:00:00Z"),
                holds(
                        "it is told again after the newest message, not the first",
                        QUIET,
                        twice(Occasion.FIRING, Occasion.REPEAT, "16:00"),
                        "19:59:59",
                        "told at 2026-03-02T16:00:00Z, again at 2026-03-02T20:00:00Z"),
                holds(
                        "a cooldown longer than the repeat interval counts",
                        Samples.of(QUIET, cooldown(QUIET.rule(), Duration.ofHours(6))),
                        first,
                        "17:59:59",
                        "told at 2026-03-02T12:00:00Z, again at 2026-03-02T18:00:00Z"),
                tells(
                        Occasion.REPEAT,
                        "and it is told after that",
                        Samples.of(QUIET, cooldown(QUIET.rule(), Duration.ofHours(6))),
                        first,
                        "18:00",
                        "it still fires, told at 2026-03-02T12:00:00Z"),
                holds(
                        "it is not escalated a second before the delay",
                        FIRING,
                        first,
                        "12:29:59",
                        "told at 2026-03-02T12:00:00Z, again at 2026-03-02T16:00:00Z"),
                tells(
                        Occasion.ESCALATED,
                        "it is escalated after the delay, whatever the cooldown",
                        FIRING,
                        first,
                        "12:30",
                        "it fires since 2026-03-02T12:00:00Z, and nobody has acknowledged it"),
                holds(
                        "it is escalated once",
                        FIRING,
                        twice(Occasion.FIRING, Occasion.ESCALATED, "12:30"),
                        "13:30",
                        "told at 2026-03-02T12:30:00Z, again at 2026-03-02T16:30:00Z"),
                tells(
                        Occasion.REPEAT,
                        "after the escalation it is repeated",
                        FIRING,
                        twice(Occasion.FIRING, Occasion.ESCALATED, "12:30"),
                        "16:30",
                        "it still fires, told at 2026-03-02T12:30:00Z"),
                holds(
                        "without a delay it is never escalated",
                        QUIET,
                        first,
                        "15:00",
                        "told at 2026-03-02T12:00:00Z, again at 2026-03-02T16:00:00Z"),
                tells(
                        Occasion.ESCALATED,
                        "what was escalated is escalated on every channel",
                        escalatedAt(FIRING, at("12:10")),
                        first,
                        "12:20",
                        "it fires since 2026-03-02T12:00:00Z, and nobody has acknowledged it"),
                holds(
                        "nobody knows since when it fires, and so it is not escalated",
                        firedAt(FIRING, null),
                        first,
                        "13:00",
                        "told at 2026-03-02T12:00:00Z, again at 2026-03-02T16:00:00Z"),
                tells(
                        Occasion.ESCALATED,
                        "what was never told may begin with its escalation",
                        FIRING,
                        Told.NOTHING,
                        "12:30",
                        "it fires since 2026-03-02T12:00:00Z, and nobody has acknowledged it"),
                tells(
                        Occasion.ESCALATED,
                        "an escalation breaks the cooldown",
                        FIRING,
                        before("11:50"),
                        "12:30",
                        "it fires since 2026-03-02T12:00:00Z, and nobody has acknowledged it"));
    }

    static List<Row> acknowledgements() {
        Told first = told(Occasion.FIRING, "12:00");
        return List.of(
                holds(
                        "what is acknowledged is not escalated",
                        acknowledged(FIRING, null),
                        first,
                        "12:30",
                        "acknowledged by ada"),
                holds(
                        "what is acknowledged is not repeated",
                        acknowledged(QUIET, at("17:00")),
                        first,
                        "16:00",
                        "acknowledged by ada until 2026-03-02T17:00:00Z"),
                tells(
                        Occasion.REPEAT,
                        "an acknowledgement that has expired lets it be repeated",
                        acknowledged(QUIET, at("17:00")),
                        first,
                        "17:00",
                        "it still fires, told at 2026-03-02T12:00:00Z"),
                tells(
                        Occasion.ESCALATED,
                        "and be escalated",
                        acknowledged(FIRING, at("13:00")),
                        first,
                        "13:00",
                        "it fires since 2026-03-02T12:00:00Z, and nobody has acknowledged it"),
                tells(
                        Occasion.FIRING,
                        "who was not told is told the first time, but not as an escalation",
                        acknowledged(FIRING, null),
                        Told.NOTHING,
                        "12:30",
                        "it fires"),
                tells(
                        Occasion.RESOLVED,
                        "what is acknowledged is told when it is over",
                        acknowledged(OVER, null),
                        first,
                        "12:10",
                        "it is over"));
    }

    static List<Row> silencesAndInhibition() {
        Told first = told(Occasion.FIRING, "12:00");
        return List.of(
                holds(
                        "what is silenced is not told",
                        silencedBy(FIRING, "s2", "s1"),
                        Told.NOTHING,
                        "12:00",
                        "silenced by s1, s2"),
                holds("what is silenced is not repeated", silencedBy(QUIET, "s1"), first, "16:00", "silenced by s1"),
                holds("what is silenced is not escalated", silencedBy(FIRING, "s1"), first, "12:30", "silenced by s1"),
                tells(
                        Occasion.FIRING,
                        "a silence that ends while it fires lets it be told",
                        QUIET,
                        Told.NOTHING,
                        "14:00",
                        "it fires"),
                holds("what is hidden is not told", hiddenBy(FIRING, "a0"), Told.NOTHING, "12:00", "hidden by a0"),
                holds("what is hidden is not escalated", hiddenBy(FIRING, "a0"), first, "12:30", "hidden by a0"),
                unsettled(holds(
                        "after a restart nothing is told before what may hide it was evaluated",
                        FIRING,
                        Told.NOTHING,
                        "12:00",
                        "the rules whose alerts may hide it were not evaluated yet")),
                unsettled(holds(
                        "after a restart what was hidden is still not told",
                        hiddenBy(FIRING, "a0"),
                        Told.NOTHING,
                        "12:00",
                        "the rules whose alerts may hide it were not evaluated yet")),
                holds("and afterwards neither", hiddenBy(FIRING, "a0"), Told.NOTHING, "12:00", "hidden by a0"),
                holds(
                        "what ended while silenced is told after the silence",
                        silencedBy(OVER, "s1"),
                        first,
                        "12:10",
                        "silenced by s1"),
                holds(
                        "what ended while hidden is told afterwards",
                        hiddenBy(OVER, "a0"),
                        first,
                        "12:10",
                        "hidden by a0"),
                unsettled(holds(
                        "what ended just after a restart is told afterwards",
                        OVER,
                        first,
                        "12:10",
                        "the rules whose alerts may hide it were not evaluated yet")),
                ends(
                        "what began and ended while silenced is never told",
                        silencedBy(OVER, "s1"),
                        Told.NOTHING,
                        "12:10",
                        "it ended before it was told: silenced by s1"),
                ends(
                        "what began and ended while silenced is never told, limits or not",
                        silencedBy(OVER, "s1"),
                        before("11:59"),
                        "12:10",
                        "it ended before it was told: silenced by s1"),
                ends(
                        "what began and ended while hidden is never told",
                        hiddenBy(OVER, "a0"),
                        Told.NOTHING,
                        "12:10",
                        "it ended before it was told: hidden by a0"),
                unsettled(holds(
                        "what began and ended around a restart is decided afterwards",
                        OVER,
                        Told.NOTHING,
                        "12:10",
                        "it ended before it was told: the rules whose alerts may hide it were not evaluated yet")));
    }

    static List<Row> ends() {
        Told first = told(Occasion.FIRING, "12:00");
        ChannelPolicy firingOnly = new ChannelPolicy(
                "email",
                true,
                List.of(),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofHours(4),
                Duration.ofMinutes(5),
                60,
                false,
                Severity.INFO);
        return List.of(
                tells(
                        Occasion.RESOLVED,
                        "what is over is told, whatever the cooldown",
                        OVER,
                        first,
                        "12:10",
                        "it is over"),
                ends(
                        "what is over is told once",
                        OVER,
                        twice(Occasion.FIRING, Occasion.RESOLVED, "12:10"),
                        "12:20",
                        "it was told that it is over"),
                ends(
                        "a story that was told is not told again",
                        OVER,
                        told(Occasion.RESOLVED, "12:10"),
                        "14:00",
                        "it was told that it is over"),
                ends(
                        "who was not told that it fires is not told that it is over",
                        OVER,
                        Told.NOTHING,
                        "12:10",
                        "it ended before it was told"),
                ends(
                        "who was told on another channel only is not told that it is over",
                        OVER,
                        elsewhere("12:00:30"),
                        "12:10",
                        "it ended before it was told"),
                ends(
                        "nor if nobody knows since when it fired",
                        firedAt(OVER, null),
                        before("11:59"),
                        "12:10",
                        "it ended before it was told"),
                on(
                        firingOnly,
                        ends(
                                "a channel without ends is not told of one",
                                OVER,
                                first,
                                "12:10",
                                "email is not told what is over")));
    }

    static List<Row> limits() {
        Told first = told(Occasion.FIRING, "12:00");
        Alert brief = in(FIRING, new Resolved(at("12:02")));
        Alert escalatesSoon = Samples.of(FIRING, escalation(FIRING.rule(), Duration.ofMinutes(2)));
        Alert noCooldown = Samples.of(QUIET, cooldown(QUIET.rule(), Duration.ZERO));
        Alert briefWithoutCooldown = Samples.of(brief, cooldown(brief.rule(), Duration.ZERO));
        return List.of(
                holds(
                        "the end is not told a second before the channel's pause is over",
                        brief,
                        first,
                        "12:04:59",
                        "email was told of it at 2026-03-02T12:00:00Z, next not before 2026-03-02T12:05:00Z"),
                tells(
                        Occasion.RESOLVED,
                        "the end is told after the channel's pause",
                        brief,
                        first,
                        "12:05",
                        "it is over"),
                holds(
                        "an escalation waits for the channel's pause",
                        escalatesSoon,
                        first,
                        "12:02",
                        "email was told of it at 2026-03-02T12:00:00Z, next not before 2026-03-02T12:05:00Z"),
                holds(
                        "an alert that is back waits for the cooldown",
                        QUIET,
                        before("11:00:01"),
                        "12:00",
                        "cooldown: email was told at 2026-03-02T11:00:01Z, next not before 2026-03-02T12:00:01Z"),
                tells(
                        Occasion.FIRING,
                        "an alert that is back is told after the cooldown",
                        QUIET,
                        before("11:00"),
                        "12:00",
                        "it fires"),
                holds(
                        "an alert that is back without a cooldown waits for the channel's pause",
                        noCooldown,
                        before("11:55:01"),
                        "12:00",
                        "email was told of it at 2026-03-02T11:55:01Z, next not before 2026-03-02T12:00:01Z"),
                tells(Occasion.FIRING, "and is told after it", noCooldown, before("11:55"), "12:00", "it fires"),
                holds(
                        "a channel that was not told waits a minute after another was",
                        QUIET,
                        elsewhere("11:59:01"),
                        "12:00",
                        "a channel was told of it at 2026-03-02T11:59:01Z, next not before 2026-03-02T12:00:01Z"),
                tells(Occasion.FIRING, "and is told a minute after it", QUIET, elsewhere("11:59"), "12:00", "it fires"),
                holds(
                        "the end waits a minute after another channel was told",
                        OVER,
                        new Told(LastTold.of(Occasion.FIRING, NOON), null, at("12:09:30")),
                        "12:10",
                        "a channel was told of it at 2026-03-02T12:09:30Z, next not before 2026-03-02T12:10:30Z"),
                holds(
                        "what began and ended within the cooldown waits for its end",
                        brief,
                        before("11:30"),
                        "12:29:59",
                        "cooldown: email was told at 2026-03-02T11:30:00Z, next not before 2026-03-02T12:30:00Z"),
                tells(
                        Occasion.RESOLVED,
                        "what began and ended within the cooldown is told as a whole",
                        brief,
                        before("11:30"),
                        "12:30",
                        "it began and ended while messages about it were held back"),
                tells(
                        Occasion.RESOLVED,
                        "what began when the cooldown began is told as a whole",
                        brief,
                        before("12:00"),
                        "13:00",
                        "it began and ended while messages about it were held back"),
                ends(
                        "what began when the cooldown was over was not held back by it",
                        brief,
                        before("11:00"),
                        "12:02",
                        "it ended before it was told"),
                tells(
                        Occasion.RESOLVED,
                        "what began and ended within the channel's pause is told as a whole",
                        briefWithoutCooldown,
                        before("11:56"),
                        "12:02",
                        "it began and ended while messages about it were held back"),
                ends(
                        "what began after the channel's pause was not held back by it",
                        briefWithoutCooldown,
                        before("11:55"),
                        "12:02",
                        "it ended before it was told"),
                tells(
                        Occasion.RESOLVED,
                        "what is told of another episode at this moment goes out together with it",
                        brief,
                        before("12:30"),
                        "12:30",
                        "it began and ended while messages about it were held back"),
                ends(
                        "a message long after it began held nothing back",
                        brief,
                        before("14:00"),
                        "15:30",
                        "it ended before it was told"),
                tells(
                        Occasion.FIRING,
                        "what another channel is told at this moment holds nothing back",
                        QUIET,
                        elsewhere("12:00"),
                        "12:00",
                        "it fires"),
                tells(
                        Occasion.RESOLVED,
                        "what began and ended within the minute is told as a whole",
                        briefWithoutCooldown,
                        elsewhere("11:59:30"),
                        "12:02",
                        "it began and ended while messages about it were held back"));
    }

    static List<Row> severities() {
        ChannelPolicy pager = new ChannelPolicy(
                "pager",
                true,
                List.of(),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofHours(4),
                Duration.ofMinutes(5),
                60,
                true,
                Severity.CRITICAL);
        ChannelPolicy desk = new ChannelPolicy(
                "desk",
                true,
                List.of(),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofHours(4),
                Duration.ofMinutes(5),
                60,
                true,
                Severity.WARNING);
        return List.of(
                on(
                        pager,
                        ends(
                                "what is less than the channel wants is not told",
                                FIRING,
                                Told.NOTHING,
                                "12:00",
                                "warning is less than critical, which pager begins with")),
                on(
                        pager,
                        ends(
                                "what has become less than the channel wants is not told again",
                                FIRING,
                                told(Occasion.FIRING, "12:00"),
                                "17:00",
                                "warning is less than critical, which pager begins with")),
                on(
                        pager,
                        tells(
                                Occasion.RESOLVED,
                                "but that it is over is, where the channel believes that it fires",
                                OVER,
                                told(Occasion.FIRING, "12:00"),
                                "12:10",
                                "it is over")),
                on(
                        pager,
                        ends(
                                "and is not where it never knew",
                                OVER,
                                Told.NOTHING,
                                "12:10",
                                "warning is less than critical, which pager begins with")),
                on(
                        desk,
                        tells(
                                Occasion.FIRING,
                                "what is as bad as the channel wants is told",
                                FIRING,
                                Told.NOTHING,
                                "12:00",
                                "it fires")));
    }

    static List<Row> clocksThatWereMovedBack() {
        return List.of(
                holds(
                        "a message in the future counts as one of now: no repeat",
                        QUIET,
                        told(Occasion.FIRING, "13:00"),
                        "12:00",
                        "told at 2026-03-02T13:00:00Z, again at 2026-03-02T16:00:00Z"),
                holds(
                        "an alert that is back waits for a cooldown that begins now",
                        QUIET,
                        before("13:00"),
                        "12:00",
                        "cooldown: email was told at 2026-03-02T13:00:00Z, next not before 2026-03-02T13:00:00Z"),
                tells(
                        Occasion.RESOLVED,
                        "a message in the future never holds back the end",
                        OVER,
                        told(Occasion.FIRING, "13:00"),
                        "12:10",
                        "it is over"),
                tells(
                        Occasion.RESOLVED,
                        "nor does one on another channel",
                        OVER,
                        new Told(LastTold.of(Occasion.FIRING, at("13:00")), null, at("13:30")),
                        "12:10",
                        "it is over"),
                tells(
                        Occasion.RESOLVED,
                        "nor does one on another channel alone",
                        OVER,
                        new Told(LastTold.of(Occasion.FIRING, NOON), null, at("13:30")),
                        "12:10",
                        "it is over"),
                holds(
                        "what fires since the future is not escalated",
                        firedAt(FIRING, at("13:00")),
                        told(Occasion.FIRING, "12:00"),
                        "12:40",
                        "told at 2026-03-02T12:00:00Z, again at 2026-03-02T16:00:00Z"));
    }

    @ParameterizedTest
    @MethodSource({
        "whileItFires",
        "acknowledgements",
        "silencesAndInhibition",
        "ends",
        "limits",
        "severities",
        "clocksThatWereMovedBack"
    })
    void channelIsToldOrNot(Row row) {
        Decision decision = Decisions.decide(row.alert(), row.channel(), row.told(), row.settled(), row.now());

        assertThat(decision)
                .isEqualTo(
                        row.occasion() == null
                                ? new Hold(row.reason(), row.later())
                                : new Tell(row.occasion(), row.reason()));
    }

    @Test
    void nothingIsToldTwiceForTheSameOccasion() {
        LastTold last = null;
        StringBuilder story = new StringBuilder();
        for (int minute = 0; minute < 24 * 60; minute++) {
            Instant now = NOON.plusSeconds(60L * minute);
            Alert alert = minute < 22 * 60 ? FIRING : in(FIRING, new Resolved(NOON.plusSeconds(22 * 3600)));
            Told told = new Told(last, null, last == null ? null : last.at());
            if (Decisions.decide(alert, EMAIL, told, true, now) instanceof Tell tell) {
                last = last == null ? LastTold.of(tell.occasion(), now) : last.then(tell.occasion(), now);
                story.append(minute).append(' ').append(tell.occasion().word()).append(", ");
            }
        }

        assertThat(story)
                .hasToString("0 firing, 30 escalated, 270 repeat, 510 repeat, 750 repeat, 990 repeat, 1230 repeat,"
                        + " 1320 resolved, ");
    }

    @Test
    void channelKnowsWhatItWasTold() {
        LastTold story = LastTold.of(Occasion.RESOLVED, NOON);
        LastTold escalated = LastTold.of(Occasion.FIRING, NOON).then(Occasion.ESCALATED, at("12:30"));

        assertThat(story).isEqualTo(new LastTold(NOON, Occasion.RESOLVED, false, false, true));
        assertThat(escalated.then(Occasion.RESOLVED, at("12:40")))
                .isEqualTo(new LastTold(at("12:40"), Occasion.RESOLVED, true, true, true));
        assertThat(escalated.then(Occasion.REPEAT, at("12:40")))
                .isEqualTo(new LastTold(at("12:40"), Occasion.REPEAT, true, true, false));
        assertThat(LastTold.of(Occasion.REPEAT, NOON).firing()).isTrue();
        assertThat(story.then(Occasion.REPEAT, at("12:40")).resolved()).isTrue();
    }
}
