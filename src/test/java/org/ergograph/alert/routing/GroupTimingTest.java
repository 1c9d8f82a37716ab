package org.ergograph.alert.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.ergograph.alert.Samples;
import org.ergograph.alert.Severity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupTimingTest {
    private static final ChannelPolicy EMAIL = ChannelPolicy.of("email");
    private static final ChannelPolicy SINGLE = new ChannelPolicy(
            "alertmanager",
            false,
            List.of(),
            EMAIL.groupWait(),
            EMAIL.groupInterval(),
            EMAIL.repeatInterval(),
            EMAIL.perAlert(),
            1,
            true,
            Severity.INFO);

    private static @Nullable Instant at(@Nullable String time) {
        return time == null ? null : Instant.parse("2026-03-02T" + time + "Z");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            nullValues = "never",
            value = {
                "a new group waits, 12:00:00, never, false, 12:00:30",
                "a group goes on after its interval, 12:01:00, 12:00:00, false, 12:05:00",
                "a group that was sent long ago waits as a new one, 12:01:00, 11:00:00, false, 12:01:30",
                "an escalation does not wait, 12:01:00, 12:00:00, true, 12:01:00",
                "a message in the future holds nothing up, 12:01:00, 13:00:00, false, 12:01:30",
                "an entry from the future is due now, 13:00:00, never, false, 12:02:00",
                "an escalation from the future is due now, 13:00:00, never, true, 12:02:00",
                "an entry of now waits, 12:02:00, never, false, 12:02:30",
                "a message of now is one before, 12:02:00, 12:02:00, false, 12:07:00",
            })
    void groupIsDue(String sentence, String first, @Nullable String lastSent, boolean urgent, String due) {
        assertThat(GroupTiming.due(
                        Instant.parse("2026-03-02T" + first + "Z"),
                        at(lastSent),
                        urgent,
                        EMAIL,
                        Instant.parse("2026-03-02T12:02:00Z")))
                .isEqualTo(at(due));
    }

    @Test
    void whatIsNotGroupedDoesNotWait() {
        Instant made = Samples.NOON;

        assertThat(GroupTiming.due(made, made, false, SINGLE, made)).isEqualTo(made);
    }

    @Test
    void groupHasTheLabelsThatTheChannelGroupsBy() {
        ChannelPolicy byTool = new ChannelPolicy(
                "slack",
                true,
                List.of("tool", "node"),
                EMAIL.groupWait(),
                EMAIL.groupInterval(),
                EMAIL.repeatInterval(),
                EMAIL.perAlert(),
                1,
                true,
                Severity.INFO);
        var alert = Samples.firing("a1", Samples.rule("slow"), Map.of("tool", "a\"b"));

        assertThat(byTool.groupKey(alert)).isEqualTo("node=\"\", tool=\"a\\\"b\"");
        assertThat(EMAIL.groupKey(alert)).isEqualTo("alertname=\"slow\"");
        assertThat(SINGLE.groupKey(alert)).isEqualTo("alert=a1");
    }

    @Test
    void keyOfAGroupIsBounded() {
        ChannelPolicy byTool = new ChannelPolicy(
                "slack",
                true,
                List.of("tool"),
                EMAIL.groupWait(),
                EMAIL.groupInterval(),
                EMAIL.repeatInterval(),
                EMAIL.perAlert(),
                1,
                true,
                Severity.INFO);
        String whole = byTool.groupKey(Samples.firing("a", Samples.rule("r"), Map.of("tool", "x".repeat(343))));
        String one = byTool.groupKey(Samples.firing("a", Samples.rule("r"), Map.of("tool", "x".repeat(999) + "1")));
        String other = byTool.groupKey(Samples.firing("a", Samples.rule("r"), Map.of("tool", "x".repeat(999) + "2")));

        assertThat(whole).isEqualTo("tool=\"" + "x".repeat(343) + "\"").hasSize(350);
        assertThat(one).hasSizeBetween(351, 360).isNotEqualTo(other);
    }
}
