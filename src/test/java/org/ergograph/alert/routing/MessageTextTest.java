package org.ergograph.alert.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ergograph.alert.Samples.NOON;
import static org.ergograph.alert.Samples.firedAt;
import static org.ergograph.alert.Samples.firing;
import static org.ergograph.alert.Samples.in;
import static org.ergograph.alert.Samples.last;
import static org.ergograph.alert.Samples.rule;
import static org.ergograph.alert.Samples.template;

import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import org.ergograph.alert.Alert;
import org.ergograph.alert.AlertState.NoData;
import org.ergograph.alert.AlertState.Resolved;
import org.ergograph.alert.condition.Verdict;
import org.ergograph.alert.condition.Verdict.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageTextTest {
    private static final Alert SLOW = firing("a1", rule("slow"), Map.of("tool", "search"));
    private static final Instant LATER = NOON.plusSeconds(90 * 60);

    @Test
    void whatFiresIsSaid() {
        assertThat(MessageText.of(SLOW, Occasion.FIRING, LATER))
                .isEqualTo(new MessageText(
                        "[FIRING] warning: slow (tool=\"search\")",
                        "p95 is 1.52 s (threshold 1 s); fires since 2026-03-02T12:00:00Z, 1 h 30 min",
                        "firing"));
    }

    @Test
    void whatIsOverIsSaidWithItsWholeStory() {
        MessageText text = MessageText.of(in(SLOW, new Resolved(NOON.plusSeconds(60))), Occasion.RESOLVED, LATER);

        assertThat(text)
                .isEqualTo(new MessageText(
                        "[RESOLVED] warning: slow (tool=\"search\")",
                        "p95 is 1.52 s (threshold 1 s); fired from 2026-03-02T12:00:00Z to 2026-03-02T12:01:00Z, 1 min",
                        "resolved"));
    }

    @ParameterizedTest
    @CsvSource({"FIRING, FIRING", "REPEAT, STILL FIRING", "ESCALATED, ESCALATED", "RESOLVED, RESOLVED"})
    void titleBeginsWithTheOccasion(Occasion occasion, String word) {
        assertThat(MessageText.of(firing("a1", rule("slow"), Map.of()), occasion, NOON)
                        .title())
                .isEqualTo("[" + word + "] warning: slow");
    }

    @Test
    void ruleHasASentenceOfItsOwn() {
        Alert own = firing("a1", template(rule("slow"), "{label.tool} is slow ({status})"), Map.of("tool", "search"));

        assertThat(MessageText.of(in(own, new NoData(NOON, own.state())), Occasion.FIRING, NOON)
                        .text())
                .isEqualTo("search is slow (no_data); fires since 2026-03-02T12:00:00Z, 0 s");
    }

    @Test
    void withoutAMetricTheReasonIsSaid() {
        Alert absent = firedAt(last(SLOW, Verdict.without(Outcome.MET, "nothing was called")), null);

        assertThat(MessageText.of(absent, Occasion.FIRING, NOON).text()).isEqualTo("nothing was called");
    }

    @Test
    void withoutAThresholdTheReasonIsSaid() {
        Alert absent = firedAt(
                last(
                        SLOW,
                        new Verdict(Outcome.MET, "p95", OptionalDouble.of(2), OptionalDouble.empty(), 1, "p95 > p99")),
                null);

        assertThat(MessageText.of(absent, Occasion.FIRING, NOON).text()).isEqualTo("p95 > p99");
    }

    @Test
    void clockThatWasMovedBackGivesNoNegativeTime() {
        assertThat(MessageText.of(SLOW, Occasion.FIRING, NOON.minusSeconds(3600))
                        .text())
                .endsWith("fires since 2026-03-02T12:00:00Z, 0 s");
    }

    @Test
    void controlCharactersAreNotSaid() {
        Alert hostile = firedAt(
                firing("a1", template(rule("slow\r\nBcc: x"), "a\u0000b\tc\u001b[31m\u202Ed\u2028e\u0085f"), Map.of()),
                null);

        MessageText text = MessageText.of(hostile, Occasion.FIRING, NOON);

        assertThat(text.title()).isEqualTo("[FIRING] warning: slow  Bcc: x");
        assertThat(text.text()).isEqualTo("ab c[31md ef");
    }

    @Test
    void lengthIsBounded() {
        Alert longest = firedAt(firing("a1", rule("slow"), Map.of("tool", "x".repeat(5000))), null);
        Alert text = firedAt(
                firing(
                        "a1",
                        template(rule("s"), "{label.tool}"),
                        longest.subject().labels()),
                null);

        assertThat(MessageText.of(longest, Occasion.FIRING, NOON).title())
                .hasSize(200)
                .endsWith("xx…");
        assertThat(MessageText.of(text, Occasion.FIRING, NOON).text())
                .hasSize(2000)
                .endsWith("xx…");
    }

    @ParameterizedTest
    @CsvSource({"2000, 2000, x", "2001, 2000, …"})
    void textOfTheGreatestLengthStaysWhole(int given, int said, String end) {
        Alert text =
                firedAt(firing("a1", template(rule("s"), "{label.tool}"), Map.of("tool", "x".repeat(given))), null);

        assertThat(MessageText.of(text, Occasion.FIRING, NOON).text())
                .hasSize(said)
                .endsWith(end);
    }

    @Test
    void characterOfTwoHalvesIsNotCutInTwo() {
        String faces = "x" + "\uD83D\uDE00".repeat(1500);
        Alert text = firedAt(firing("a1", template(rule("s"), "{label.tool}"), Map.of("tool", faces)), null);

        assertThat(MessageText.of(text, Occasion.FIRING, NOON).text())
                .isEqualTo("x" + "\uD83D\uDE00".repeat(999) + "…");
        Alert even = firedAt(
                firing("a1", template(rule("s"), "{label.tool}"), Map.of("tool", "\uD83D\uDE00".repeat(1500))), null);
        assertThat(MessageText.of(even, Occasion.FIRING, NOON).text()).isEqualTo("\uD83D\uDE00".repeat(999) + "…");
    }

    @Test
    void characterOfTwoHalvesAtTheEndIsLeftOut() {
        String face = "x".repeat(1998) + "\uD83D\uDE00" + "y".repeat(10);
        Alert text = firedAt(firing("a1", template(rule("s"), "{label.tool}"), Map.of("tool", face)), null);

        assertThat(MessageText.of(text, Occasion.FIRING, NOON).text()).isEqualTo("x".repeat(1998) + "…");
    }
}
