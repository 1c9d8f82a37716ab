package org.ergograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.ergograph.registry.ServerState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthRulesTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            nullValues = "-",
            value = {
                "an answer makes any server healthy, UNHEALTHY, -, 0, true, HEALTHY",
                "an answer while calls are refused makes it degraded, HEALTHY, -, 0, false, DEGRADED",
                "the first check of all fails, UNKNOWN, no connection, 1, true, UNHEALTHY",
                "one failure of a healthy server, HEALTHY, no connection, 1, true, DEGRADED",
                "one failure of a degraded server, DEGRADED, no connection, 1, true, DEGRADED",
                "the second failure in a row, DEGRADED, no connection, 2, true, UNHEALTHY",
                "one failure more of an unhealthy server, UNHEALTHY, no connection, 9, true, UNHEALTHY",
            })
    void judged(String fact, ServerState before, String failure, int failures, boolean closed, ServerState after) {
        HealthRules.Verdict verdict = HealthRules.judge(before, failure, failures, closed);
        assertThat(verdict.state()).as(fact).isEqualTo(after);
        assertThat(verdict.reason() == null).isEqualTo(after == ServerState.HEALTHY);
    }

    @ParameterizedTest
    @CsvSource({
        "HEALTHY, 0, PT5M",
        "DEGRADED, 0, PT1M",
        "DEGRADED, 1, PT1S",
        "UNHEALTHY, 1, PT1S",
        "UNHEALTHY, 2, PT2S",
        "UNHEALTHY, 5, PT16S",
        "UNHEALTHY, 6, PT30S",
        "UNHEALTHY, 1000, PT30S",
        "UNKNOWN, 0, PT0S",
    })
    void nextCheckAfter(ServerState state, int failures, Duration pause) {
        assertThat(HealthRules.pause(state, failures, Fixture.settings(1, Duration.ZERO)))
                .isEqualTo(pause);
    }
}
