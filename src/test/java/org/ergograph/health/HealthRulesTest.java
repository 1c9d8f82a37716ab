package org.ergograph.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.ergograph.history.AuditState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthRulesTest {
    private static OptionalDouble percent(String text) {
        return text.equals("?") ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text));
    }

    @ParameterizedTest
    @CsvSource({
        "10, 10, 10, HEALTHY",
        "89.9, 89.9, 89.9, HEALTHY",
        "90, 10, 10, DEGRADED",
        "90, 95, 10, DEGRADED",
        "90, 95, 100, UNHEALTHY",
        "?, 95, 100, DEGRADED",
        "?, ?, 10, HEALTHY",
        "?, ?, ?, UNKNOWN"
    })
    void threeResourcesOverTheirLimitsAreUnhealthyAndFewerDegraded(
            String cpu, String memory, String disk, HealthState state) {
        Finding finding = SystemProbe.judge(percent(cpu), percent(memory), percent(disk), HealthChecksTest.SETTINGS);
        assertThat(finding.state()).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({"100, HEALTHY", "101, DEGRADED", "500, DEGRADED", "501, UNHEALTHY"})
    void pingIsJudgedByTwoLimits(int millis, HealthState state) {
        assertThat(DatabaseProbe.found(Duration.ofMillis(millis), Duration.ofMillis(100), Duration.ofMillis(500)))
                .isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, , , 0, HEALTHY",
        "499, 499, , , 0, HEALTHY",
        "500, 0, , , 0, DEGRADED",
        "0, 500, , , 0, DEGRADED",
        "10, 0, SQLException, , 0, DEGRADED",
        "10, 0, , IOException, 0, DEGRADED",
        "10, 0, SQLException, IOException, 0, UNHEALTHY",
        "1000, 0, SQLException, , 5, UNHEALTHY",
        "0, 0, , , 1, UNHEALTHY"
    })
    void auditIsUnhealthyWhenRecordsAreLostAndDegradedWhenTheyWait(
            int queued,
            long journalBytes,
            @org.jspecify.annotations.Nullable String failure,
            @org.jspecify.annotations.Nullable String journalFailure,
            long lost,
            HealthState state) {
        AuditState audit =
                new AuditState(0, queued, 1000, 0, journalBytes, 1000, journalFailure, failure, 0, 0, 0, lost, 0, 0);
        assertThat(AuditProbe.judge(audit, lost).state()).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({
        "HEALTHY HEALTHY, HEALTHY, 200",
        "HEALTHY UNKNOWN, DEGRADED, 200",
        "HEALTHY DEGRADED, DEGRADED, 200",
        "DEGRADED UNHEALTHY UNKNOWN, UNHEALTHY, 503",
        "UNHEALTHY HEALTHY, UNHEALTHY, 503"
    })
    void reportIsAsBadAsItsWorstCheck(String states, HealthState state, int status) {
        List<CheckResult> results = Arrays.stream(states.split(" ", -1))
                .map(name ->
                        new CheckResult(name, Finding.of(HealthState.valueOf(name), "m"), Instant.EPOCH, 1_000_000))
                .toList();
        HealthReport report = new HealthReport("n", "1", Duration.ofSeconds(5), Instant.EPOCH, results);
        assertThat(report.state()).isEqualTo(state);
        assertThat(HealthReport.httpStatus(report.state())).isEqualTo(status);
    }

    @Test
    void reportShowsEachCheckOnlyWhenAskedTo() {
        CheckResult result = new CheckResult(
                "database",
                new Finding(HealthState.DEGRADED, "slow", Map.of("pingSeconds", 0.25), "slow"),
                Instant.parse("2026-01-01T00:00:00Z"),
                1_500_000);
        HealthReport report = new HealthReport("n", "1", Duration.ofSeconds(5), Instant.EPOCH, List.of(result));
        assertThat(report.json(false).toString())
                .isEqualTo("{\"status\":\"degraded\",\"timestamp\":\"1970-01-01T00:00:00Z\",\"node\":\"n\","
                        + "\"version\":\"1\",\"uptime\":\"PT5S\",\"summary\":{\"total\":1,\"healthy\":0,"
                        + "\"unknown\":0,\"degraded\":1,\"unhealthy\":0}}");
        assertThat(report.checksOnly().toString())
                .isEqualTo("{\"checks\":[{\"name\":\"database\",\"status\":\"degraded\",\"message\":\"slow\","
                        + "\"timestamp\":\"2026-01-01T00:00:00Z\",\"durationSeconds\":0.001500000,"
                        + "\"metadata\":{\"pingSeconds\":0.25},\"error\":\"slow\"}]}");
        assertThat(report.json(true).getJsonArray("checks"))
                .isEqualTo(report.checksOnly().getJsonArray("checks"));
    }
}
