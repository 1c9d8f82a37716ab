package org.ergograph.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.ergograph.alert.condition.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertLabelsTest {
    private static final Rule SLOW = Samples.rule("slow");

    @Test
    void ruleOverridesSubjectAndNameOverridesRule() {
        Rule rule = Samples.rule(
                "slow", Severity.CRITICAL, List.of(), Map.of("node", "rule's", "alertname", "x", "severity", "y"));

        assertThat(AlertLabels.of(rule, new Subject(Map.of("node", "subject's", "kind", "tool"))))
                .isEqualTo(Map.of("node", "rule's", "kind", "tool", "alertname", "slow", "severity", "critical"));
    }

    @ParameterizedTest
    @CsvSource({
        "files__read, files",
        "files__read__all, files",
        "search, ''",
        "__read, ''",
    })
    void serverOfAToolIsKnown(String tool, String server) {
        assertThat(AlertLabels.of(SLOW, new Subject(Map.of("tool", tool))).getOrDefault("server", ""))
                .isEqualTo(server);
    }

    @Test
    void toolWithoutAServerHasNone() {
        assertThat(AlertLabels.of(SLOW, new Subject(Map.of("tool", "__read")))).doesNotContainKey("server");
    }

    @Test
    void labelsStayThoseThatAnAlertBeganToFireWith() {
        Alert alert = Samples.firing("a1", SLOW, Map.of("tool", "search"));
        Rule other = Samples.rule("slower", Severity.CRITICAL, List.of(), Map.of());

        Alert fires = alert.with(other, alert.state(), alert.recent(), alert.last(), alert.firedAt());
        assertThat(fires.labels()).isEqualTo(alert.labels());

        Alert waits = Samples.firedAt(alert, null);
        assertThat(waits.with(other, alert.state(), alert.recent(), alert.last(), alert.firedAt())
                        .labels())
                .containsEntry("alertname", "slower")
                .containsEntry("severity", "critical");
    }

    @Test
    void serverThatIsGivenStays() {
        assertThat(AlertLabels.of(SLOW, new Subject(Map.of("tool", "a__b", "server", "c"))))
                .containsEntry("server", "c");
    }
}
