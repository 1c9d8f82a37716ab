package org.ergograph.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.ergograph.alert.Alert;
import org.ergograph.alert.AlertState;
import org.ergograph.alert.AlertState.Firing;
import org.ergograph.alert.AlertState.Resolved;
import org.ergograph.notify.AlertEvent.Kind;
import org.junit.jupiter.api.Test;

class GatheredTest {
    private static final Instant NOW = Instant.parse("2026-11-20T00:00:00Z");

    private final Gathered gathered = new Gathered();

    private static Alert alert(String id, AlertState state) {
        return TestAlert.of(id, "", state);
    }

    private static AlertEvent event(String alertId, String id) {
        return new AlertEvent(id, alertId, NOW, "n", Kind.STATE, "firing", null, null, "it is so");
    }

    private void begun(String id) {
        gathered.add(new Changes(
                List.of(alert(id, new Firing(NOW))), List.of(), List.of(), List.of(event(id, id)), List.of()));
    }

    private void over(String id) {
        gathered.add(new Changes(List.of(), List.of(alert(id, new Resolved(NOW))), List.of(), List.of(), List.of()));
    }

    @Test
    void ofAlertsThatAreOverTheNewestTwoThousandAreKept() {
        begun("open");
        for (int i = 0; i <= 2_000; i++) {
            begun("a" + i);
            over("a" + i);
            over("a" + i);
        }
        Changes changes = gathered.changes();
        assertThat(changes.begun())
                .hasSize(2_001)
                .extracting(Alert::id)
                .contains("open", "a1")
                .doesNotContain("a0");
        assertThat(changes.events())
                .hasSize(2_001)
                .extracting(AlertEvent::alertId)
                .contains("open", "a1")
                .doesNotContain("a0");
    }

    @Test
    void whatOthersBeganIsNotKept() {
        over("other");
        assertThat(gathered.changes().begun()).isEmpty();
        assertThat(gathered.changes().changed()).isEmpty();
    }

    @Test
    void ofWhatWentBeforeItFiredNothingIsKept() {
        begun("a");
        gathered.begin(alert("b", new Firing(NOW)));
        gathered.add(new Changes(List.of(), List.of(), List.of("a", "b"), List.of(), List.of()));
        assertThat(gathered.changes().isEmpty()).isTrue();
    }

    @Test
    void ofTheEventsTheNewestTwentyThousandAreKept() {
        begun("a");
        for (int i = 0; i < 20_000; i++) {
            gathered.add(new Changes(List.of(), List.of(), List.of(), List.of(event("a", "e" + i)), List.of()));
        }
        assertThat(gathered.changes().events())
                .hasSize(20_000)
                .extracting(AlertEvent::id)
                .contains("e0")
                .doesNotContain("a");
    }
}
