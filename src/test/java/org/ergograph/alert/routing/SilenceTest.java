package org.ergograph.alert.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ergograph.alert.routing.Matcher.Operator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SilenceTest {
    private static final Instant START = Instant.parse("2026-03-02T12:00:00Z");
    private static final Instant END = Instant.parse("2026-03-09T12:00:00Z");
    private static final Matcher SEARCH = Matcher.of("tool", Operator.EQUAL, "search");

    private static Silence silence(@Nullable Recurrence recurrence, Matcher... matchers) {
        return new Silence("s1", List.of(matchers), START, END, recurrence, "ada", "works on it");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T11:59:59.999Z, false",
        "2026-03-02T12:00:00Z, true",
        "2026-03-09T11:59:59.999Z, true",
        "2026-03-09T12:00:00Z, false",
    })
    void silenceHoldsFromItsStartToBeforeItsEnd(Instant now, boolean holds) {
        assertThat(silence(null, SEARCH).holds(Map.of("tool", "search"), now)).isEqualTo(holds);
        assertThat(silence(null, SEARCH).isDue(now)).isEqualTo(holds);
    }

    @Test
    void silenceHoldsOnlyForWhatAllItsMatchersMatch() {
        Silence both = silence(null, SEARCH, Matcher.of("node", Operator.NOT_EQUAL, "b"));

        assertThat(both.holds(Map.of("tool", "search", "node", "a"), START)).isTrue();
        assertThat(both.holds(Map.of("tool", "search", "node", "b"), START)).isFalse();
        assertThat(both.holds(Map.of("tool", "find"), START)).isFalse();
    }

    @Test
    void silenceOfEverythingIsRefused() {
        for (Silenceable all : List.<Silenceable>of(
                () -> silence(null),
                () -> silence(null, Matcher.of("tool", Operator.MATCHES, ".*")),
                () -> silence(null, Matcher.of("tool", Operator.NOT_EQUAL, "x")))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(all::make)
                    .withMessage("a silence needs a matcher that does not match an empty label");
        }
    }

    private interface Silenceable {
        Silence make();
    }

    @Test
    void endIsAfterTheStart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Silence("s1", List.of(SEARCH), START, START, null, "ada", ""))
                .withMessage("endsAt is 2026-03-02T12:00:00Z: must be after startsAt, 2026-03-02T12:00:00Z");
    }

    @Test
    void recurringSilenceHoldsBetweenItsStartAndEnd() {
        Recurrence nights =
                new Recurrence(Set.of(DayOfWeek.values()), LocalTime.of(22, 0), LocalTime.of(6, 0), ZoneId.of("UTC"));
        Silence silence = silence(nights, SEARCH);
        Map<String, String> labels = Map.of("tool", "search");

        assertThat(silence.holds(labels, Instant.parse("2026-03-02T11:00:00Z"))).isFalse();
        assertThat(silence.holds(labels, Instant.parse("2026-03-02T23:00:00Z"))).isTrue();
        assertThat(silence.holds(labels, Instant.parse("2026-03-03T12:00:00Z"))).isFalse();
        assertThat(silence.holds(labels, Instant.parse("2026-03-09T23:00:00Z"))).isFalse();
    }

    private static Recurrence hours(String days, String hours, String zone) {
        String[] fromTo = hours.split("-", -1);
        return new Recurrence(
                Arrays.stream(days.split(" ", -1))
                        .map(DayOfWeek::valueOf)
                        .collect(Collectors.toCollection(TreeSet::new)),
                LocalTime.parse(fromTo[0]),
                LocalTime.parse(fromTo[1]),
                ZoneId.of(zone));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // 2 March 2026 is a Monday.
        "an instant before it begins, MONDAY, 09:00-17:00, UTC, 2026-03-02T08:59:59.999Z, false",
        "when it begins, MONDAY, 09:00-17:00, UTC, 2026-03-02T09:00:00Z, true",
        "an instant before it ends, MONDAY, 09:00-17:00, UTC, 2026-03-02T16:59:59.999Z, true",
        "when it ends, MONDAY, 09:00-17:00, UTC, 2026-03-02T17:00:00Z, false",
        "on another day, MONDAY, 09:00-17:00, UTC, 2026-03-03T10:00:00Z, false",
        "on one of two days, MONDAY TUESDAY, 09:00-17:00, UTC, 2026-03-03T10:00:00Z, true",
        "after midnight of a night that began on its day, MONDAY, 22:00-06:00, UTC, 2026-03-03T05:59:59Z, true",
        "when that night ends, MONDAY, 22:00-06:00, UTC, 2026-03-03T06:00:00Z, false",
        "early on its day before the night begins, MONDAY, 22:00-06:00, UTC, 2026-03-02T05:00:00Z, false",
        "a whole day from its time to the same, MONDAY, 06:00-06:00, UTC, 2026-03-03T05:59:59Z, true",
        "and no longer, MONDAY, 06:00-06:00, UTC, 2026-03-03T06:00:00Z, false",
        "local time counts, MONDAY, 09:00-17:00, America/New_York, 2026-03-02T14:00:00Z, true",
        "the local day counts, MONDAY, 20:00-23:00, America/New_York, 2026-03-03T02:00:00Z, true",
        "in winter, SUNDAY, 02:00-04:00, Europe/Berlin, 2026-03-22T01:00:00Z, true",
        // On 29 March 2026 Berlin's clocks go from 02:00 to 03:00, at 01:00 UTC.
        "a start that is skipped is when it is skipped, SUNDAY, 02:30-04:00, Europe/Berlin, 2026-03-29T01:00:00Z, true",
        "and not before, SUNDAY, 02:30-04:00, Europe/Berlin, 2026-03-29T00:59:59Z, false",
        "an end that is skipped is when it is skipped, SUNDAY, 01:00-02:30, Europe/Berlin, 2026-03-29T00:59:59Z, true",
        "and not after, SUNDAY, 01:00-02:30, Europe/Berlin, 2026-03-29T01:00:00Z, false",
        "hours that are skipped whole are none, SUNDAY, 02:10-02:50, Europe/Berlin, 2026-03-29T01:00:00Z, false",
        "in summer it is an hour earlier, SUNDAY, 02:00-04:00, Europe/Berlin, 2026-04-05T00:00:00Z, true",
        // On 25 October 2026 they go back from 03:00 to 02:00, at 01:00 UTC: 02:30 is at 00:30 and at 01:30 UTC.
        "a start that comes twice is the first, SUNDAY, 02:30-04:00, Europe/Berlin, 2026-10-25T00:30:00Z, true",
        "and not before, SUNDAY, 02:30-04:00, Europe/Berlin, 2026-10-25T00:29:59Z, false",
        "an end that comes twice is the second, SUNDAY, 01:00-02:30, Europe/Berlin, 2026-10-25T01:29:59Z, true",
        "and not after, SUNDAY, 01:00-02:30, Europe/Berlin, 2026-10-25T01:30:00Z, false",
    })
    void recurrenceHolds(String sentence, String days, String hours, String zone, Instant now, boolean holds) {
        assertThat(hours(days, hours, zone).holds(now)).isEqualTo(holds);
    }

    @Test
    void recurrenceWithoutADayIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Recurrence(Set.of(), LocalTime.NOON, LocalTime.MIDNIGHT, ZoneId.of("UTC")))
                .withMessage("days is empty: at least one is needed");
    }
}
