package org.ergograph.notify.backtest;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.ergograph.alert.RuleTiming;
import org.ergograph.alert.condition.LookBack;
import org.ergograph.alert.condition.Query;
import org.ergograph.history.names.SeriesRow;
import org.ergograph.history.query.Piece;
import org.ergograph.history.query.RecordedIntervals;
import org.ergograph.history.rollup.Tier;

/**
 * Runs rules over the record: reads each interval once, and holds what the rule looks back upon. Blocks while it reads.
 * Thread-safe.
 */
final class BackTest {
    /** How many evaluations one may have. */
    static final int MAX_STEPS = 20_000;

    /** How many series a rule may look at. */
    static final int MAX_SERIES = 2_000;

    /** How many pairs of a series and an evaluation, for each look-back, one may have. */
    static final long MAX_WORK = 20_000_000;

    /** How many figures of a series and an interval are held at most. */
    static final long MAX_PARTS = 400_000;

    /**
     * What is asked.
     *
     * @param from the first evaluation, inclusive
     * @param to the last one, inclusive
     * @param mostEpisodes how many alerts are listed
     */
    record Question(Query query, RuleTiming timing, Instant from, Instant to, int mostEpisodes) {}

    private final RecordedIntervals record;
    private final Function<String, OptionalDouble> thresholds;

    /** @param thresholds those that are set now */
    BackTest(RecordedIntervals record, Function<String, OptionalDouble> thresholds) {
        this.record = record;
        this.thresholds = thresholds;
    }

    /**
     * Runs one.
     *
     * @param stopped whether nobody wants it any more
     * @throws TooMuchException if it goes over a limit
     * @throws CancellationException if it was stopped
     */
    Outcome run(Question question, Instant now, BooleanSupplier stopped) {
        Collection<LookBack> lookBacks = question.query().lookBacks();
        Instant earliest = question.from().minus(SlidingFacts.reach(lookBacks));
        List<Piece> pieces = record.pieces(earliest, question.to(), now);
        Steps steps = Steps.of(question, pieces, now);
        if (steps.count() == 0) {
            return Outcome.none(question, steps.step());
        }
        if (steps.count() > MAX_STEPS) {
            throw new TooMuchException("from " + question.from() + " to " + question.to() + " in steps of "
                    + steps.step() + " are " + steps.count() + " evaluations: there may be at most " + MAX_STEPS);
        }
        Map<Integer, SeriesRow> series = series(Wanted.of(question.query()));
        long work = steps.count() * series.size() * lookBacks.size();
        if (work > MAX_WORK) {
            throw new TooMuchException(steps.count() + " evaluations of " + series.size() + " series and "
                    + lookBacks.size() + " look-backs are " + work + ": there may be at most " + MAX_WORK
                    + "; ask for a shorter range, or narrow the rule's scope");
        }
        Feed feed = new Feed(record, series, pieces);
        SlidingFacts facts = new SlidingFacts(lookBacks, pieces, feed, thresholds, MAX_PARTS);
        Replay replay = new Replay(question.query(), question.timing(), steps.step(), question.mostEpisodes());
        for (long i = 0; i < steps.count(); i++) {
            if (stopped.getAsBoolean()) {
                throw new CancellationException(
                        "the back-test was stopped after " + i + " of " + steps.count() + " evaluations");
            }
            Instant at = steps.at(i);
            Optional<Interval> next = feed.next(at);
            while (next.isPresent()) {
                facts.take(next.get());
                next = feed.next(at);
            }
            facts.moveTo(at);
            replay.evaluate(facts, at);
        }
        return replay.end(pieces, feed.seen());
    }

    private Map<Integer, SeriesRow> series(Wanted wanted) {
        Map<Integer, SeriesRow> series = new LinkedHashMap<>();
        List<SeriesRow> known = record.series(wanted.filters(), 10 * MAX_SERIES + 1);
        known.stream().filter(wanted::takes).forEach(row -> series.put(row.number, row));
        if (series.size() > MAX_SERIES || known.size() > 10 * MAX_SERIES) {
            throw new TooMuchException(
                    "the rule looks at more than " + MAX_SERIES + " series: narrow its scope to fewer");
        }
        return series;
    }

    /**
     * When is evaluated: at boundaries of the intervals that the record still has.
     *
     * @param first the first moment
     * @param count 0 if the record has nothing of the range
     */
    record Steps(Instant first, Duration step, long count) {
        static Steps of(Question question, List<Piece> pieces, Instant now) {
            List<Piece> within = pieces.stream()
                    .filter(piece -> piece.to().isAfter(question.from()))
                    .toList();
            Duration interval = within.stream()
                    .map(piece -> piece.tier().length())
                    .max(Duration::compareTo)
                    .orElse(Tier.MINUTE.length());
            long seconds = interval.toSeconds();
            Duration period = question.timing().evaluationPeriod();
            Duration step = Duration.ofSeconds(
                    Math.max(seconds, roundedUp(period.plusNanos(999_999_999).toSeconds(), seconds)));
            Instant begin =
                    within.isEmpty() || question.from().isAfter(within.get(0).from())
                            ? question.from()
                            : within.get(0).from();
            Instant first =
                    Instant.ofEpochSecond(roundedUp(begin.getEpochSecond() + (begin.getNano() == 0 ? 0 : 1), seconds));
            Instant last = question.to().isBefore(now) ? question.to() : now;
            long count = within.isEmpty() || last.isBefore(first)
                    ? 0
                    : Duration.between(first, last).dividedBy(step) + 1;
            return new Steps(first, step, count);
        }

        private static long roundedUp(long value, long unit) {
            return Math.floorDiv(value + unit - 1, unit) * unit;
        }

        Instant at(long step) {
            return first.plus(this.step.multipliedBy(step));
        }
    }
}
