package org.ergograph.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvailabilityTest {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    private static Instant at(long second) {
        return START.plusSeconds(second);
    }

    private static List<StatePeriod> periods(String text) {
        List<StatePeriod> periods = new ArrayList<>();
        for (String part : text.split(" ", -1)) {
            if (!part.isEmpty()) {
                String[] fields = part.split("[-:]", -1);
                ServerState state = switch (fields[0]) {
                    case "up" -> ServerState.HEALTHY;
                    case "limping" -> ServerState.DEGRADED;
                    case "down" -> ServerState.UNHEALTHY;
                    default -> ServerState.UNKNOWN;
                };
                periods.add(new StatePeriod(
                        "s", "n", at(Long.parseLong(fields[1])), at(Long.parseLong(fields[2])), state, null));
            }
        }
        return periods;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "up all the time|up:100-200|1",
                "down all the time|down:100-200|0",
                "a degraded server can be used|limping:100-200|1",
                "down for a quarter|up:100-175 down:175-200|0.75",
                "what was before the time does not count|down:0-100 up:100-200|1",
                "what is after it does not count|up:100-200 down:200-300|1",
                "a period that reaches over both ends is cut|down:0-300|0",
                "time that nothing is known of does not count|up:100-110 down:190-200|0.5",
                "unknown is not down|unknown:100-190 up:190-200|1",
                "two nodes count each for itself|up:100-200 down:100-200|0.5",
                "an outage of an instant|down:150-150 up:100-200|1",
            })
    void shareOfTheTimeFrom100To200(String fact, String periods, double share) {
        assertThat(Availability.of(periods(periods), at(100), at(200)).getAsDouble())
                .as(fact)
                .isCloseTo(share, within(1e-12));
    }

    @Test
    void ofNothingThereIsNoShare() {
        assertThat(Availability.of(List.of(), at(100), at(200))).isEmpty();
        assertThat(Availability.of(periods("up:0-100 down:200-300 unknown:100-200"), at(100), at(200)))
                .isEmpty();
    }
}
