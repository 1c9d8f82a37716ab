package org.ergograph.alert.condition;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;

/**
 * A service level objective, watched by how fast its error budget burns: the share of errors over the share that the objective
 * allows, 1 - objective. At 1 the budget lasts exactly as long as the window. It is met if the budget burns too fast over both
 * stretches of a pair: the long one says that it matters, the short one that it goes on. The pairs are those of The Site
 * Reliability Workbook (B. Beyer and others, 2018, chapter 5): 14.4 over 1 h and 5 min, 6 over 6 h and 30 min, 1 over 3 d and
 * 6 h, which are 2%, 5% and 10% of the budget of 30 days. For another window the stretches are as much longer or shorter, in
 * whole minutes, so that factors and shares stay the same. The last pair is a ticket, not a page: see {@link Verdict#ticket}.
 * Immutable.
 *
 * @param objective the share that has to succeed, between 0 and 1, both exclusive; 0.999 say
 * @param window over which it is promised, 1 to 90 days; 30 days say
 */
public record Slo(double objective, Duration window) {
    private static final Duration USUAL = Duration.ofDays(30);
    private static final List<BurnRate> USUAL_PAIRS = List.of(
            new BurnRate(14.4, Duration.ofHours(1), Duration.ofMinutes(5), false),
            new BurnRate(6, Duration.ofHours(6), Duration.ofMinutes(30), false),
            new BurnRate(1, Duration.ofDays(3), Duration.ofHours(6), true));

    /** @throws IllegalArgumentException if one of them is out of its range */
    public Slo {
        if (!(objective > 0 && objective < 1)) {
            throw new IllegalArgumentException(
                    "objective is " + objective + ": must be between 0 and 1, both exclusive");
        }
        if (window.compareTo(Duration.ofDays(1)) < 0 || window.compareTo(Duration.ofDays(90)) > 0) {
            throw new IllegalArgumentException("window is " + window + ": must be P1D to P90D");
        }
    }

    /** The pairs of stretches, the most urgent first. */
    public List<BurnRate> pairs() {
        double times = (double) window.toSeconds() / USUAL.toSeconds();
        return USUAL_PAIRS.stream().map(pair -> pair.stretched(times)).toList();
    }

    /** Which stretches it looks at. */
    public Set<LookBack> lookBacks() {
        Set<LookBack> lookBacks = new LinkedHashSet<>();
        pairs().forEach(pair -> {
            lookBacks.add(LookBack.of(pair.longer()));
            lookBacks.add(LookBack.of(pair.shorter()));
        });
        return lookBacks;
    }

    /**
     * What it comes to: met if a pair burns, clear if none does, and no data if that cannot be told.
     *
     * @param minSamples with fewer observations in a stretch, nothing is known of it
     */
    Verdict verdict(long minSamples, Function<LookBack, Figures> figures) {
        double budget = 1 - objective;
        Burning unknown = null;
        Burning calm = null;
        for (BurnRate pair : pairs()) {
            Burning burning = new Burning(
                    pair,
                    new Stretch(pair.longer(), figures.apply(LookBack.of(pair.longer())), budget, minSamples),
                    new Stretch(pair.shorter(), figures.apply(LookBack.of(pair.shorter())), budget, minSamples));
            switch (burning.answer()) {
                case YES -> {
                    return burning.verdict(Verdict.Outcome.MET);
                }
                case NO -> calm = calm == null ? burning : calm;
                case UNKNOWN -> unknown = unknown == null ? burning : unknown;
            }
        }
        if (unknown != null) {
            return unknown.verdict(Verdict.Outcome.NO_DATA);
        }
        if (calm == null) {
            throw new IllegalStateException("there are no pairs");
        }
        return calm.verdict(Verdict.Outcome.CLEAR);
    }

    /** How fast the budget burnt in a stretch. */
    private record Stretch(Duration length, Figures figures, double budget, long minSamples) {
        double rate() {
            return figures.value(Measure.ERROR_RATE, minSamples) / budget;
        }

        Answer above(double factor) {
            double rate = rate();
            return Double.isNaN(rate) ? Answer.UNKNOWN : Answer.of(rate > factor);
        }

        String missing() {
            return "over " + length + " " + figures.why(minSamples);
        }
    }

    private record Burning(BurnRate pair, Stretch longer, Stretch shorter) {
        Answer answer() {
            Answer first = longer.above(pair.factor());
            Answer second = shorter.above(pair.factor());
            if (first == Answer.NO || second == Answer.NO) {
                return Answer.NO;
            }
            return first == Answer.YES ? second : first;
        }

        Verdict verdict(Verdict.Outcome outcome) {
            double rate = longer.rate();
            return new Verdict(
                    outcome,
                    pair.metric(),
                    Double.isNaN(rate) ? OptionalDouble.empty() : OptionalDouble.of(rate),
                    OptionalDouble.of(pair.factor()),
                    longer.figures().count(),
                    reason(outcome));
        }

        private String reason(Verdict.Outcome outcome) {
            if (outcome == Verdict.Outcome.CLEAR) {
                return "no pair of stretches burns the error budget too fast";
            }
            if (outcome == Verdict.Outcome.NO_DATA) {
                return Double.isNaN(longer.rate()) ? longer.missing() : shorter.missing();
            }
            return "the error budget burns %s times as fast as it may over %s, and %s times over %s: both above %s, a %s"
                    .formatted(
                            Sentences.number(longer.rate()),
                            longer.length(),
                            Sentences.number(shorter.rate()),
                            shorter.length(),
                            Sentences.number(pair.factor()),
                            pair.ticket() ? "ticket" : "page");
        }
    }
}
