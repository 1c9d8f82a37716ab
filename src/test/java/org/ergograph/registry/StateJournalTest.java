package org.ergograph.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateJournalTest {
    private final StateJournal journal = new StateJournal();
    private final List<String> written = new ArrayList<>();

    private static StatePeriod period(String server, long since, long until, ServerState state) {
        return new StatePeriod(server, "n", Instant.ofEpochSecond(since), Instant.ofEpochSecond(until), state, null);
    }

    private void note(StatePeriod period, boolean current) {
        written.add("%s %d-%d %s%s"
                .formatted(
                        period.serverId(),
                        period.since().getEpochSecond(),
                        period.until().getEpochSecond(),
                        period.state().label(),
                        current ? " now" : ""));
    }

    @Test
    void periodThatGoesOnIsWrittenWithItsLatestEnd() {
        journal.found(period("a", 10, 10, ServerState.HEALTHY));
        journal.found(period("a", 10, 40, ServerState.HEALTHY));
        journal.flush(this::note);
        assertThat(written).containsExactly("a 10-40 healthy now");
        journal.flush(this::note);
        assertThat(written).as("once").hasSize(1);
    }

    @Test
    void changeEndsThePeriodBeforeWhereTheNewOneBegins() {
        journal.found(period("a", 10, 40, ServerState.HEALTHY));
        journal.flush(this::note);
        journal.found(period("a", 50, 50, ServerState.UNHEALTHY));
        journal.flush(this::note);
        assertThat(written).containsExactly("a 10-40 healthy now", "a 10-50 healthy", "a 50-50 unhealthy now");
    }

    @Test
    void whatCouldNotBeWrittenWaits() {
        journal.found(period("a", 10, 10, ServerState.HEALTHY));
        assertThatThrownBy(() -> journal.flush((period, current) -> {
                    throw new IllegalStateException("no database");
                }))
                .isInstanceOf(IllegalStateException.class);
        journal.flush(this::note);
        assertThat(written).containsExactly("a 10-10 healthy now");
    }

    @Test
    void whatWaitsIsBoundedAndTheOldestGoesFirst() {
        for (int i = 0; i <= StateJournal.MAX_WAITING; i++) {
            journal.found(period("s" + i, i, i, ServerState.HEALTHY));
        }
        journal.flush(this::note);
        assertThat(written).hasSize(StateJournal.MAX_WAITING).startsWith("s1 1-1 healthy now");
    }
}
