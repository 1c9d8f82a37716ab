package org.ergograph.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.ergograph.alert.Rule;
import org.ergograph.alert.Samples;
import org.junit.jupiter.api.Test;

/** A tool gets slow. The rule waits two minutes and keeps firing for two; cooldown 1 h, escalation after 30 min. */
class SlowToolTest {
    private static final Rule RULE =
            Samples.with(Samples.rule("slow_tool"), Samples.keepFiring(Samples.hold(Samples.AT_ONCE, "PT2M"), "PT2M"));
    private static final String TITLE = "warning: slow_tool (tool=\"search\")";

    private static Timeline search() {
        return new Timeline(RULE, Map.of("tool", "search"));
    }

    @Test
    void somebodyTakesCareAndNobodyElseIsWoken() {
        Timeline story = search().slow(1, 0.2)
                .slow(10, 3.1)
                .acknowledged("ada")
                .slow(40, 2.7)
                .slow(5, 0.3);

        assertThat(story.story())
                .containsExactly(
                        "12:01 pending: p95 is 3.1 s; for 0 s of 2 min",
                        "12:03 firing: p95 is 3.1 s; for 2 min",
                        "12:03 email is told: [FIRING] " + TITLE,
                        "12:03 slack is told: [FIRING] " + TITLE,
                        "12:10 acknowledged by ada",
                        "12:51 resolving: p95 is 0.3 s; gone for 0 s of 2 min",
                        "12:53 resolved: p95 is 0.3 s; gone for 2 min",
                        "12:53 email is told: [RESOLVED] " + TITLE,
                        "12:53 slack is told: [RESOLVED] " + TITLE);
    }

    @Test
    void nobodyTakesCareAndItIsEscalatedOnce() {
        Timeline story = search().slow(45, 3.1).slow(3, 0.3);

        assertThat(story.story())
                .containsExactly(
                        "12:00 pending: p95 is 3.1 s; for 0 s of 2 min",
                        "12:02 firing: p95 is 3.1 s; for 2 min",
                        "12:02 email is told: [FIRING] " + TITLE,
                        "12:02 slack is told: [FIRING] " + TITLE,
                        "12:32 email is told: [ESCALATED] " + TITLE,
                        "12:32 slack is told: [ESCALATED] " + TITLE,
                        "12:45 resolving: p95 is 0.3 s; gone for 0 s of 2 min",
                        "12:47 resolved: p95 is 0.3 s; gone for 2 min",
                        "12:47 email is told: [RESOLVED] " + TITLE,
                        "12:47 slack is told: [RESOLVED] " + TITLE);
    }

    @Test
    void whatComesBackWithinTheCooldownIsToldAfterIt() {
        List<String> story = search().slow(10, 3.1).slow(5, 0.3).slow(90, 3.1).story();

        assertThat(story.stream().filter(line -> line.contains("email")))
                .containsExactly(
                        "12:02 email is told: [FIRING] " + TITLE,
                        "12:12 email is told: [RESOLVED] " + TITLE,
                        // It fires since 12:17; the escalation does not wait for the cooldown until 13:12.
                        "12:47 email is told: [ESCALATED] " + TITLE);
    }

    @Test
    void briefSlownessIsNotWorthAMessage() {
        assertThat(search().slow(2, 3.1).slow(5, 0.3).slow(2, 3.1).slow(5, 0.3).story())
                .containsExactly(
                        "12:00 pending: p95 is 3.1 s; for 0 s of 2 min",
                        "12:02 inactive: p95 is 0.3 s; before it was held for 2 min",
                        "12:07 pending: p95 is 3.1 s; for 0 s of 2 min",
                        "12:09 inactive: p95 is 0.3 s; before it was held for 2 min");
    }
}
