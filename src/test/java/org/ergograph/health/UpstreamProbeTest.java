package org.ergograph.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.ergograph.registry.ServerState;
import org.junit.jupiter.api.Test;

class UpstreamProbeTest {
    @Test
    void oneThatDoesNotAnswerDegradesAndIsNamed() {
        Finding finding = UpstreamProbe.judge(
                Map.of("b", ServerState.UNHEALTHY, "a", ServerState.UNHEALTHY, "c", ServerState.HEALTHY));
        assertThat(finding.state()).isEqualTo(HealthState.DEGRADED);
        assertThat(finding.message()).isEqualTo("2 of 3 upstream servers do not answer: a, b");
        assertThat(finding.metadata()).containsEntry("unhealthy", 2L).containsEntry("healthy", 1L);
    }

    @Test
    void evenIfNoneAnswersTheNodeIsNotUnhealthy() {
        assertThat(UpstreamProbe.judge(Map.of("a", ServerState.UNHEALTHY)).state())
                .isEqualTo(HealthState.DEGRADED);
    }

    @Test
    void oneThatIsDegradedOrUnknownIsNoFinding() {
        assertThat(UpstreamProbe.judge(Map.of("a", ServerState.DEGRADED, "b", ServerState.UNKNOWN))
                        .state())
                .isEqualTo(HealthState.HEALTHY);
        assertThat(UpstreamProbe.judge(Map.of()).message()).isEqualTo("no upstream server is registered");
    }
}
