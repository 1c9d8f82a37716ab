package org.ergograph.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ergograph.alert.Samples.AT_ONCE;
import static org.ergograph.alert.Samples.NOON;
import static org.ergograph.alert.Samples.byHand;
import static org.ergograph.alert.Samples.dampened;
import static org.ergograph.alert.Samples.hold;
import static org.ergograph.alert.Samples.keepFiring;
import static org.ergograph.alert.Samples.onNoData;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ergograph.alert.AlertState.Failed;
import org.ergograph.alert.AlertState.Firing;
import org.ergograph.alert.AlertState.Inactive;
import org.ergograph.alert.AlertState.NoData;
import org.ergograph.alert.AlertState.Pending;
import org.ergograph.alert.AlertState.Resolved;
import org.ergograph.alert.AlertState.Resolving;
import org.ergograph.alert.condition.Verdict;
import org.ergograph.alert.condition.Verdict.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LifecycleTest {
    private static final Instant NOW = NOON;
    private static final Instant EARLIER = NOON.minusSeconds(600);
    private static final Instant BEFORE = NOON.minusSeconds(1200);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final RuleTiming HELD = hold(AT_ONCE, "PT2M");
    private static final RuleTiming KEPT = keepFiring(AT_ONCE, "PT2M");

    private static final AlertState INACTIVE = new Inactive(EARLIER);
    private static final AlertState FIRING = new Firing(EARLIER);
    private static final AlertState RESOLVED = new Resolved(EARLIER);

    private static AlertState pending(int seconds) {
        return new Pending(EARLIER, Duration.ofSeconds(seconds));
    }

    private static AlertState resolving(int seconds) {
        return new Resolving(EARLIER, BEFORE, Duration.ofSeconds(seconds));
    }

    private static AlertState noData(AlertState before) {
        return new NoData(EARLIER, before);
    }

    private static AlertState failed(AlertState before) {
        return new Failed(EARLIER, before, "earlier");
    }

    /** One evaluation, a minute after the one before. */
    record Row(
            String sentence,
            AlertState from,
            Outcome before,
            RuleTiming timing,
            Outcome found,
            AlertState to,
            boolean changed) {
        @Override
        public String toString() {
            return sentence;
        }
    }

    private static Row row(
            String sentence, AlertState from, Outcome before, RuleTiming timing, Outcome found, AlertState to) {
        return new Row(sentence, from, before, timing, found, to, from.getClass() != to.getClass());
    }

    static List<Row> transitions() {
        Outcome met = Outcome.MET;
        Outcome between = Outcome.BETWEEN;
        Outcome clear = Outcome.CLEAR;
        Outcome noData = Outcome.NO_DATA;
        Outcome error = Outcome.ERROR;
        return List.of(
                row("what is clear stays inactive", INACTIVE, clear, AT_ONCE, clear, INACTIVE),
                row("what is between stays inactive", INACTIVE, clear, AT_ONCE, between, INACTIVE),
                row("what is met fires at once without a hold", INACTIVE, clear, AT_ONCE, met, new Firing(NOW)),
                row("what is met is pending with a hold", INACTIVE, clear, HELD, met, new Pending(NOW, Duration.ZERO)),
                row("no data leaves what is inactive", INACTIVE, clear, HELD, noData, new NoData(NOW, INACTIVE)),
                row("an error leaves what is inactive", INACTIVE, clear, HELD, error, new Failed(NOW, INACTIVE, "why")),
                row("pending counts the time in which it was met", pending(30), met, HELD, met, pending(90)),
                row("pending fires when it was held long enough", pending(60), met, HELD, met, new Firing(NOW)),
                row("pending waits a second short of the hold", pending(59), met, HELD, met, pending(119)),
                row("pending ends when it is clear", pending(100), met, HELD, clear, new Inactive(NOW)),
                row("pending counts nothing while it is between", pending(60), met, HELD, between, pending(60)),
                row("pending counts nothing that began between", pending(60), between, HELD, met, pending(60)),
                row("no data freezes what is pending", pending(60), met, HELD, noData, new NoData(NOW, pending(60))),
                row(
                        "an error freezes what is pending",
                        pending(60),
                        met,
                        HELD,
                        error,
                        new Failed(NOW, pending(60), "why")),
                row("firing goes on while it is met", FIRING, met, AT_ONCE, met, FIRING),
                row("firing goes on while it is between", FIRING, met, AT_ONCE, between, FIRING),
                row("firing is resolved at once when it is clear", FIRING, met, AT_ONCE, clear, new Resolved(NOW)),
                row(
                        "firing is kept for a while when it is clear",
                        FIRING,
                        met,
                        KEPT,
                        clear,
                        new Resolving(NOW, EARLIER, Duration.ZERO)),
                row(
                        "firing waits for a hand if it does not resolve itself",
                        FIRING,
                        met,
                        byHand(AT_ONCE),
                        clear,
                        FIRING),
                row("no data resolves nothing", FIRING, met, AT_ONCE, noData, new NoData(NOW, FIRING)),
                row("an error resolves nothing", FIRING, met, AT_ONCE, error, new Failed(NOW, FIRING, "why")),
                row(
                        "resolving counts the time in which it was clear",
                        resolving(30),
                        clear,
                        KEPT,
                        clear,
                        resolving(90)),
                row(
                        "resolving ends when it was clear long enough",
                        resolving(60),
                        clear,
                        KEPT,
                        clear,
                        new Resolved(NOW)),
                row("resolving waits a second short of it", resolving(59), clear, KEPT, clear, resolving(119)),
                row("resolving fires again, since when it did", resolving(100), clear, KEPT, met, new Firing(BEFORE)),
                row("resolving counts nothing while it is between", resolving(60), clear, KEPT, between, resolving(60)),
                row("resolving counts nothing that began between", resolving(60), between, KEPT, clear, resolving(60)),
                row(
                        "resolving fires again if it may no longer resolve itself",
                        resolving(60),
                        clear,
                        byHand(KEPT),
                        clear,
                        new Firing(BEFORE)),
                row(
                        "no data freezes what is resolving",
                        resolving(60),
                        clear,
                        KEPT,
                        noData,
                        new NoData(NOW, resolving(60))),
                row(
                        "an error freezes what is resolving",
                        resolving(60),
                        clear,
                        KEPT,
                        error,
                        new Failed(NOW, resolving(60), "why")),
                row("resolved is over, even if it is met", RESOLVED, clear, AT_ONCE, met, RESOLVED),
                row("resolved is over, even without data", RESOLVED, clear, AT_ONCE, noData, RESOLVED),
                row("no data stays no data", noData(FIRING), met, AT_ONCE, noData, noData(FIRING)),
                row("no data becomes an error", noData(FIRING), met, AT_ONCE, error, new Failed(NOW, FIRING, "why")),
                row(
                        "no data goes back to pending, and its time was not counted",
                        noData(pending(60)),
                        met,
                        HELD,
                        met,
                        pending(60)),
                row(
                        "no data goes back to resolving, and its time was not counted",
                        noData(resolving(60)),
                        clear,
                        KEPT,
                        clear,
                        resolving(60)),
                row("no data goes back to firing", noData(FIRING), met, AT_ONCE, between, FIRING),
                row("no data goes back to inactive", noData(INACTIVE), clear, AT_ONCE, clear, INACTIVE),
                row("no data ends in what is found afterwards", noData(FIRING), met, AT_ONCE, clear, new Resolved(NOW)),
                row(
                        "an error stays an error, since when it was, for the newest reason",
                        failed(FIRING),
                        met,
                        AT_ONCE,
                        error,
                        new Failed(EARLIER, FIRING, "why")),
                row("an error becomes no data", failed(FIRING), met, AT_ONCE, noData, new NoData(NOW, FIRING)),
                row(
                        "an error goes back to pending, and its time was not counted",
                        failed(pending(60)),
                        met,
                        HELD,
                        met,
                        pending(60)),
                row("an error goes back to firing", failed(FIRING), met, AT_ONCE, met, FIRING),
                row(
                        "no data that is alarming is pending first",
                        INACTIVE,
                        clear,
                        onNoData(HELD, OnNoData.FIRE),
                        noData,
                        new Pending(NOW, Duration.ZERO)),
                row(
                        "no data that is alarming fires when it was held",
                        pending(60),
                        met,
                        onNoData(HELD, OnNoData.FIRE),
                        noData,
                        new Firing(NOW)),
                row(
                        "no data that means all is well resolves",
                        FIRING,
                        met,
                        onNoData(AT_ONCE, OnNoData.RESOLVE),
                        noData,
                        new Resolved(NOW)),
                row(
                        "no data that means all is well honours what is kept",
                        FIRING,
                        met,
                        onNoData(KEPT, OnNoData.RESOLVE),
                        noData,
                        new Resolving(NOW, EARLIER, Duration.ZERO)),
                row(
                        "an error is never alarming by itself",
                        INACTIVE,
                        clear,
                        onNoData(AT_ONCE, OnNoData.FIRE),
                        error,
                        new Failed(NOW, INACTIVE, "why")));
    }

    @ParameterizedTest
    @MethodSource("transitions")
    void evaluationLeads(Row row) {
        Recent recent = Recent.NONE.with(row.before(), Duration.ZERO, null);

        Transition led =
                Lifecycle.next(row.from(), recent, row.timing(), Verdict.without(row.found(), "why"), MINUTE, NOW);

        assertThat(led.state()).isEqualTo(row.to());
        assertThat(led.changed()).isEqualTo(row.changed());
        assertThat(led.reason()).isNotBlank();
    }

    /**
     * A story of evaluations, one a minute.
     *
     * @param found a letter each: m(et), b(etween), c(lear), n(o data), e(rror)
     * @param states a letter each: i(nactive), p(ending), F(iring), r(esolving), R(esolved), n(o data), e(rror)
     */
    record Story(String sentence, RuleTiming timing, String found, String states) {
        @Override
        public String toString() {
            return sentence;
        }
    }

    static List<Story> stories() {
        RuleTiming twoOfThree = dampened(AT_ONCE, Dampening.of(2, 3));
        RuleTiming threeInARow = dampened(AT_ONCE, Dampening.of(3, 3));
        RuleTiming twoInFiveMinutes = dampened(AT_ONCE, Dampening.within(2, Duration.ofMinutes(5)));
        return List.of(
                new Story("held for two minutes is the third evaluation", HELD, "cmmmc", "ippFR"),
                new Story("a clear one in between begins anew", HELD, "mmcmmm", "ppippF"),
                new Story("a hold lasts as long as what is between lets it", HELD, "mmbbmmm", "pppppFF"),
                new Story("a hold goes on after no data", HELD, "mmnnmm", "ppnnpF"),
                new Story("a hold goes on after an error", HELD, "mmeemm", "ppeepF"),
                new Story("what is kept is resolved two minutes after it was clear", KEPT, "mccccc", "FrrRRR"),
                new Story("what is met again has to be clear anew", KEPT, "mccmccc", "FrrFrrR"),
                new Story("what is kept goes on after no data", KEPT, "mccnnccc", "FrrnnrRR"),
                new Story("hysteresis keeps it firing until it is clear", AT_ONCE, "mbbbcb", "FFFFRR"),
                new Story("hysteresis keeps it inactive until it is met", AT_ONCE, "bbmb", "iiFF"),
                new Story("two of three fire", twoOfThree, "mcm", "iiF"),
                new Story("one of three does not", twoOfThree, "mccmcc", "iiiiii"),
                new Story("two of three still fire with one clear", twoOfThree, "mmcc", "iFFR"),
                new Story("two of three stay what they are without data", twoOfThree, "mnm", "inF"),
                new Story("three in a row fire", threeInARow, "mmcmmm", "iiiiiF"),
                new Story("three in a row end with one clear", threeInARow, "mmmc", "iiFR"),
                new Story("what is between does not count as met", threeInARow, "mmbm", "iiii"),
                new Story(
                        "met again but too rarely goes on being resolved",
                        keepFiring(threeInARow, "PT2M"),
                        "mmmcmccc",
                        "iiFrrrrR"),
                new Story("two within five minutes fire", twoInFiveMinutes, "mcccm", "iiiiF"),
                new Story("two that are five minutes apart do not", twoInFiveMinutes, "mccccm", "iiiiii"),
                new Story("two within five minutes still fire while both are", twoInFiveMinutes, "mmccccc", "iFFFFRR"),
                new Story("time without data does not age what was found", twoInFiveMinutes, "mnnnnnm", "innnnnF"),
                new Story(
                        "dampening comes before the hold",
                        hold(dampened(AT_ONCE, Dampening.of(2, 2)), "PT1M"),
                        "mmmc",
                        "ipFR"),
                new Story(
                        "dampened pending ends when too few were met",
                        hold(dampened(AT_ONCE, Dampening.of(2, 2)), "PT5M"),
                        "mmmcm",
                        "ippii"),
                new Story("alarming absence is dampened too", onNoData(twoOfThree, OnNoData.FIRE), "ncn", "iiF"));
    }

    @ParameterizedTest
    @MethodSource("stories")
    void evaluationsLead(Story story) {
        AlertState state = new Inactive(NOON);
        Recent recent = Recent.NONE;
        StringBuilder states = new StringBuilder();
        for (int i = 0; i < story.found().length(); i++) {
            Transition led = Lifecycle.next(
                    state, recent, story.timing(), found(story.found().charAt(i)), MINUTE, NOON.plusSeconds(60L * i));
            assertThat(led.changed()).isEqualTo(!led.state().word().equals(state.word()));
            state = led.state();
            recent = led.recent();
            states.append(letter(state));
        }
        assertThat(states).hasToString(story.states());
    }

    private static Verdict found(char letter) {
        return Verdict.without(
                switch (letter) {
                    case 'm' -> Outcome.MET;
                    case 'b' -> Outcome.BETWEEN;
                    case 'c' -> Outcome.CLEAR;
                    case 'n' -> Outcome.NO_DATA;
                    default -> Outcome.ERROR;
                },
                "why");
    }

    private static String letter(AlertState state) {
        return switch (state.word()) {
            case "firing" -> "F";
            case "resolved" -> "R";
            default -> state.word().substring(0, 1);
        };
    }

    @Test
    void dampedReasonSaysHowManyAreWanted() {
        List<String> reasons = new ArrayList<>();
        for (Dampening each : List.of(Dampening.of(2, 3), Dampening.within(2, Duration.ofMinutes(90)))) {
            reasons.add(Lifecycle.next(
                            INACTIVE,
                            Recent.NONE,
                            dampened(AT_ONCE, each),
                            Verdict.without(Outcome.MET, "high"),
                            MINUTE,
                            NOW)
                    .reason());
        }

        assertThat(reasons)
                .containsExactly(
                        "high; met 1 times of the last 3, 2 wanted", "high; met 1 times within 1 h 30 min, 2 wanted");
    }

    record Reason(String sentence, AlertState from, RuleTiming timing, Outcome found) {
        @Override
        public String toString() {
            return sentence;
        }
    }

    static List<Reason> reasons() {
        return List.of(
                new Reason("why", INACTIVE, AT_ONCE, Outcome.MET),
                new Reason("why; for 0 s of 2 min", INACTIVE, HELD, Outcome.MET),
                new Reason("why; for 2 min", pending(60), HELD, Outcome.MET),
                new Reason("why; before it was held for 2 min", pending(60), HELD, Outcome.CLEAR),
                new Reason("why; it is back", resolving(10), KEPT, Outcome.MET),
                new Reason("why; gone for 0 s of 2 min", FIRING, KEPT, Outcome.CLEAR),
                new Reason("why; gone for 2 min", resolving(60), KEPT, Outcome.CLEAR),
                new Reason("why; waits for somebody to resolve it", FIRING, byHand(AT_ONCE), Outcome.CLEAR),
                new Reason("why; waits for somebody to resolve it", resolving(0), byHand(AT_ONCE), Outcome.CLEAR),
                new Reason("why", FIRING, AT_ONCE, Outcome.NO_DATA),
                new Reason("it is over", RESOLVED, AT_ONCE, Outcome.MET));
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void reasonIsASentence(Reason row) {
        Recent recent = Recent.NONE.with(row.found(), Duration.ZERO, null);

        assertThat(Lifecycle.next(row.from(), recent, row.timing(), Verdict.without(row.found(), "why"), MINUTE, NOW)
                        .reason())
                .isEqualTo(row.sentence());
    }

    @Test
    void timeThatGoesBackwardsCountsAsNone() {
        Recent recent = Recent.NONE.with(Outcome.MET, Duration.ZERO, null);

        assertThat(Lifecycle.next(pending(60), recent, HELD, Verdict.without(Outcome.MET, "why"), MINUTE.negated(), NOW)
                        .state())
                .isEqualTo(pending(60));
    }

    @Test
    void afterARestartWithoutMemoryNothingIsCountedTwice() {
        assertThat(Lifecycle.next(pending(60), Recent.NONE, HELD, Verdict.without(Outcome.MET, "why"), MINUTE, NOW)
                        .state())
                .isEqualTo(pending(60));
    }

    static List<AlertState> resolvable() {
        return List.of(FIRING, resolving(10), noData(FIRING), failed(resolving(10)));
    }

    @ParameterizedTest
    @MethodSource("resolvable")
    void whatFiresIsResolvedByHand(AlertState state) {
        assertThat(Lifecycle.resolvedBy("ada", state, Recent.NONE, NOW))
                .contains(new Transition(new Resolved(NOW), Recent.NONE, "resolved by ada", true));
    }

    static List<AlertState> notResolvable() {
        return List.of(INACTIVE, pending(10), RESOLVED, noData(pending(10)), failed(INACTIVE));
    }

    @ParameterizedTest
    @MethodSource("notResolvable")
    void whatDoesNotFireIsNotResolvedByHand(AlertState state) {
        assertThat(Lifecycle.resolvedBy("ada", state, Recent.NONE, NOW)).isEmpty();
    }
}
