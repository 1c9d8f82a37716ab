package org.ergograph.history.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.ergograph.history.rollup.Tier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TiersTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:34:56.789Z");
    private static final Map<Tier, Duration> USUAL = Map.of(
            Tier.MINUTE, Duration.ofDays(1),
            Tier.FIVE_MINUTES, Duration.ofDays(7),
            Tier.HOUR, Duration.ofDays(90),
            Tier.DAY, Duration.ofDays(730));

    private final Tiers tiers = new Tiers(USUAL, NOW);

    private static Instant moment(String text) {
        return Instant.parse(text.length() == 16 ? text + ":00Z" : text + "Z");
    }

    private static String shown(List<Piece> pieces) {
        return pieces.stream()
                .map(piece -> piece.tier() + " " + shown(piece.from()) + " " + shown(piece.to()))
                .collect(Collectors.joining(", "));
    }

    private static String shown(Instant at) {
        return at.toString().substring(5, 16);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        an hour of today is minutes | 2026-11-20T11:00 | 2026-11-20T12:00 | MINUTE 11-20T11:00 11-20T12:00
        seconds are rounded to minutes | 2026-11-20T11:01:30 | 2026-11-20T11:02:01 | MINUTE 11-20T11:01 11-20T11:03
        minutes follow when they are held | 2026-11-19T12:02 | 2026-11-19T13:00 | FIVE_MINUTES 11-19T12:00 11-19T12:35, MINUTE 11-19T12:35 11-19T13:00
        every tier in its time | 2026-08-21T07:00 | 2026-11-20T12:33 | DAY 08-21T00:00 08-23T00:00, HOUR 08-23T00:00 11-13T13:00, FIVE_MINUTES 11-13T13:00 11-19T12:35, MINUTE 11-19T12:35 11-20T12:33
        what is to come is left out | 2026-11-20T12:33 | 2026-11-21T00:00 | MINUTE 11-20T12:33 11-20T12:35
        not begun | 2026-11-20T12:35 | 2026-11-20T12:36 | ''
        empty | 2026-11-20T12:00 | 2026-11-20T12:00 | ''
        """)
    void rangeIsCoveredByTheFinestTiersThatAreHeld(String why, String from, String to, String pieces) {
        assertThat(shown(tiers.finestPieces(moment(from), moment(to)))).as(why).isEqualTo(pieces);
    }

    @Test
    void finestPiecesNeitherOverlapNorLeaveAGapWhateverIsKept() {
        Tiers odd = new Tiers(
                Map.of(
                        Tier.MINUTE, Duration.ofHours(50),
                        Tier.FIVE_MINUTES, Duration.ofHours(3),
                        Tier.HOUR, Duration.ofHours(80),
                        Tier.DAY, Duration.ofDays(9)),
                NOW);
        List<Piece> pieces = odd.finestPieces(NOW.minus(Duration.ofDays(20)), NOW);
        assertThat(pieces.get(pieces.size() - 1).to()).isEqualTo(Instant.parse("2026-11-20T12:35:00Z"));
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            assertThat(piece.from()).isBefore(piece.to());
            assertThat(piece.from().getEpochSecond() % piece.tier().length().toSeconds())
                    .isZero();
            assertThat(i == 0 || pieces.get(i - 1).to().equals(piece.from())).isTrue();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        an hour on its boundaries is one hour | 2026-11-20T10:00 | 2026-11-20T11:00 | HOUR 11-20T10:00 11-20T11:00
        seconds are rounded to minutes | 2026-11-20T11:01:30 | 2026-11-20T11:02:01 | MINUTE 11-20T11:01 11-20T11:03
        edges of finer tiers | 2026-11-20T11:34:56 | 2026-11-20T12:33:10 | MINUTE 11-20T11:34 11-20T11:35, FIVE_MINUTES 11-20T11:35 11-20T12:30, MINUTE 11-20T12:30 11-20T12:34
        days in the middle | 2026-11-17T22:58 | 2026-11-20T01:06 | FIVE_MINUTES 11-17T22:55 11-17T23:00, HOUR 11-17T23:00 11-18T00:00, DAY 11-18T00:00 11-20T00:00, HOUR 11-20T00:00 11-20T01:00, FIVE_MINUTES 11-20T01:00 11-20T01:05, MINUTE 11-20T01:05 11-20T01:06
        only hours are left | 2026-10-31T22:17 | 2026-11-01T00:00 | HOUR 10-31T22:00 11-01T00:00
        only days are left | 2026-01-31T22:17 | 2026-02-02T03:00 | DAY 01-31T00:00 02-03T00:00
        what is to come is left out | 2026-11-20T12:33 | 2026-11-21T00:00 | MINUTE 11-20T12:33 11-20T12:35
        what nothing holds any more is left out | 2020-01-01T00:00 | 2024-11-23T00:00 | DAY 11-21T00:00 11-23T00:00
        over for long | 2020-01-01T00:00 | 2021-01-01T00:00 | ''
        not begun | 2026-11-20T12:35 | 2026-11-20T12:36 | ''
        empty | 2026-11-20T12:00 | 2026-11-20T12:00 | ''
        """)
    void rangeIsCoveredByTheCoarsestTiersThatFit(String why, String from, String to, String pieces) {
        assertThat(shown(tiers.cover(moment(from), moment(to)))).as(why).isEqualTo(pieces);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        whole intervals | HOUR | 2026-11-20T09:17 | 2026-11-20T11:01 | HOUR 11-20T09:00 11-20T12:00
        up to the end of the interval that is now | DAY | 2026-11-19T09:17 | 2026-11-27T00:00 | DAY 11-19T00:00 11-21T00:00
        no further back than it is held | MINUTE | 2026-11-01T00:00 | 2026-11-20T01:00 | MINUTE 11-19T12:35 11-20T01:00
        no longer held | MINUTE | 2026-11-01T00:00 | 2026-11-02T00:00 | ''
        """)
    void rangeIsCoveredByTheTierThatIsAskedFor(String why, Tier tier, String from, String to, String piece) {
        assertThat(shown(tiers.cover(tier, moment(from), moment(to)).stream().toList()))
                .as(why)
                .isEqualTo(piece);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a minute of today | PT1M | 2026-11-20T00:00 | MINUTE
        ten minutes of today are two of five | PT10M | 2026-11-20T00:00 | FIVE_MINUTES
        seven minutes are of one only | PT7M | 2026-11-20T00:00 | MINUTE
        a minute of last week is gone | PT1M | 2026-11-15T00:00 |
        an hour of last month | PT1H | 2026-10-15T00:00 | HOUR
        ninety minutes of last month are gone | PT1H30M | 2026-10-15T00:00 |
        a week of ever | P7D | 2000-01-01T00:00 | DAY
        half a minute is below all of them | PT30S | 2026-11-20T00:00 |
        """)
    void stepIsMadeOfTheCoarsestTierThatDividesIt(String why, Duration step, String from, @Nullable Tier tier) {
        assertThat(tiers.forStep(step, moment(from)).orElse(null)).as(why).isEqualTo(tier);
    }

    @Test
    void stepsBeginAtTheirMultiplesAndEndWithTheIntervalThatIsNow() {
        Piece piece = tiers.cover(
                        Tier.FIVE_MINUTES,
                        Duration.ofMinutes(15),
                        moment("2026-11-20T11:50"),
                        moment("2026-11-20T12:35"))
                .orElseThrow();
        assertThat(shown(List.of(piece))).isEqualTo("FIVE_MINUTES 11-20T11:45 11-20T12:35");
        assertThat(piece.intervals()).isEqualTo(10);
    }

    /** Whatever is configured and asked for: no gap, no overlap, only what is held, and not more than one interval too much. */
    @Test
    void everyMomentIsCoveredExactlyOnce() {
        long seed = 20261120;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            Instant now = NOW.plusNanos(random.nextLong(Duration.ofDays(1000).toNanos()));
            boolean rising = random.nextInt(4) != 0;
            Tiers drawn = new Tiers(retention(random, rising), now);
            Instant from =
                    now.minusMillis((long) (Duration.ofDays(1000).toMillis() * Math.pow(random.nextDouble(), 4)));
            Instant to = from.plusMillis((long) (Duration.ofDays(900).toMillis() * Math.pow(random.nextDouble(), 6)));
            String drawnAs = "seed " + seed + ", try " + i + ": " + from + " to " + to + " at " + now;
            check(drawn, from, to, now, rising, drawnAs);
        }
    }

    private static Map<Tier, Duration> retention(Random random, boolean rising) {
        long minutes = 1L + random.nextInt(3000);
        long five = rising ? minutes + random.nextInt(20_000) : 1L + random.nextInt(20_000);
        long hours = rising ? five + random.nextInt(200_000) : 1L + random.nextInt(200_000);
        long days = rising ? hours + random.nextInt(1_000_000) : 1L + random.nextInt(1_000_000);
        return Map.of(
                Tier.MINUTE, Duration.ofMinutes(minutes),
                Tier.FIVE_MINUTES, Duration.ofMinutes(five),
                Tier.HOUR, Duration.ofMinutes(hours),
                Tier.DAY, Duration.ofMinutes(days));
    }

    private static void check(Tiers drawn, Instant from, Instant to, Instant now, boolean rising, String drawnAs) {
        List<Piece> pieces = drawn.cover(from, to);
        Instant first = Tiers.later(from, drawn.since());
        Instant last = Tiers.earlier(to, now);
        assertThat(pieces.isEmpty()).as(drawnAs).isEqualTo(!first.isBefore(last));
        if (pieces.isEmpty()) {
            return;
        }
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            long width = piece.tier().length().toSeconds();
            assertThat(piece.from().getEpochSecond() % width).as(drawnAs).isZero();
            assertThat(piece.to().getEpochSecond() % width).as(drawnAs).isZero();
            assertThat(piece.from()).as(drawnAs).isBefore(piece.to());
            assertThat(piece.from()).as(drawnAs).isAfterOrEqualTo(drawn.since(piece.tier()));
            if (i > 0) {
                assertThat(piece.from()).as(drawnAs).isEqualTo(pieces.get(i - 1).to());
            }
        }
        Piece head = pieces.get(0);
        Piece tail = pieces.get(pieces.size() - 1);
        assertThat(head.from()).as(drawnAs).isBeforeOrEqualTo(first);
        assertThat(tail.to()).as(drawnAs).isAfterOrEqualTo(last);
        assertThat(head.from().plus(drawn.finest(first).length())).as(drawnAs).isAfter(first);
        if (rising) {
            assertThat(tail.to().minus(drawn.finest(last.minusNanos(1)).length()))
                    .as(drawnAs)
                    .isBefore(last);
        }
    }
}
