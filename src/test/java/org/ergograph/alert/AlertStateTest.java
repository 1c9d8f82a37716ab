package org.ergograph.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ergograph.alert.Samples.NOON;

import java.time.Duration;
import java.util.List;
import org.ergograph.alert.AlertState.Failed;
import org.ergograph.alert.AlertState.Firing;
import org.ergograph.alert.AlertState.Inactive;
import org.ergograph.alert.AlertState.NoData;
import org.ergograph.alert.AlertState.Pending;
import org.ergograph.alert.AlertState.Resolved;
import org.ergograph.alert.AlertState.Resolving;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AlertStateTest {
    private static final AlertState PENDING = new Pending(NOON, Duration.ZERO);
    private static final AlertState FIRING = new Firing(NOON);

    record Row(AlertState state, String word, boolean open, boolean fires) {}

    static List<Row> states() {
        return List.of(
                new Row(new Inactive(NOON), "inactive", false, false),
                new Row(PENDING, "pending", true, false),
                new Row(FIRING, "firing", true, true),
                new Row(new Resolving(NOON, NOON, Duration.ZERO), "resolving", true, true),
                new Row(new Resolved(NOON), "resolved", false, false),
                new Row(new NoData(NOON, FIRING), "no_data", true, true),
                new Row(new NoData(NOON, new Inactive(NOON)), "no_data", false, false),
                new Row(new Failed(NOON, PENDING, "why"), "error", true, false));
    }

    @ParameterizedTest
    @MethodSource("states")
    void stateSaysWhatItIs(Row row) {
        assertThat(row.state().word()).isEqualTo(row.word());
        assertThat(row.state().open()).isEqualTo(row.open());
        assertThat(row.state().fires()).isEqualTo(row.fires());
    }

    @Test
    void unknownIsNeverWithinUnknown() {
        AlertState noData = new NoData(NOON, FIRING);

        assertThat(new Failed(NOON, noData, "why").known()).isEqualTo(FIRING);
        assertThat(new NoData(NOON, new Failed(NOON, PENDING, "why")).known()).isEqualTo(PENDING);
    }
}
