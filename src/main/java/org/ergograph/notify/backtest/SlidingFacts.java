package org.ergograph.notify.backtest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.ergograph.alert.condition.Facts;
import org.ergograph.alert.condition.FactsSource;
import org.ergograph.alert.condition.LookBack;
import org.ergograph.alert.condition.SampleFacts;
import org.ergograph.alert.condition.SeriesFacts;
import org.ergograph.history.query.Piece;
import org.ergograph.notify.backtest.Interval.Origin;
import org.ergograph.window.Distribution;
import org.ergograph.window.ValueDistribution;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one moment after the other, from intervals of which each is taken once. Holds what the longest look-back reaches,
 * and no more. Not thread-safe.
 */
final class SlidingFacts implements FactsSource {
    /** Says what the numbers of series and nodes stand for. */
    interface Names {
        /** The facts of a series, around its durations. */
        SeriesFacts series(Origin origin, Distribution durations);

        /** The facts of a sample, around its values. */
        SampleFacts samples(Origin origin, ValueDistribution values);
    }

    private final List<Piece> pieces;
    private final Names names;
    private final Function<String, OptionalDouble> thresholds;
    private final long mostParts;
    private final Duration reach;
    private final Map<LookBack, Stretch> stretches = new LinkedHashMap<>();
    private final Map<LookBack, Facts> current = new HashMap<>();
    private final Deque<Interval> held = new ArrayDeque<>();
    private long parts;
    private @Nullable Instant now;

    /**
     * Makes one without an interval.
     *
     * @param lookBacks all that will be asked for
     * @param pieces where the intervals are from; they say how far a stretch is rounded outwards
     * @param mostParts how many parts of intervals may be held
     */
    SlidingFacts(
            Collection<LookBack> lookBacks,
            List<Piece> pieces,
            Names names,
            Function<String, OptionalDouble> thresholds,
            long mostParts) {
        lookBacks.forEach(lookBack -> stretches.put(lookBack, new Stretch(lookBack)));
        this.pieces = List.copyOf(pieces);
        this.names = names;
        this.thresholds = thresholds;
        this.mostParts = mostParts;
        this.reach = reach(lookBacks);
    }

    /** How far back the furthest of them begins. */
    static Duration reach(Collection<LookBack> lookBacks) {
        return lookBacks.stream()
                .map(lookBack -> lookBack.length().plus(lookBack.offset()))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /**
     * Takes the next interval.
     *
     * @throws TooMuchException if there is more within reach than may be held
     */
    void take(Interval interval) {
        held.add(interval);
        parts += interval.parts().size();
        if (parts > mostParts) {
            throw new TooMuchException("the rule looks back " + reach + ", in which there are more than " + mostParts
                    + " figures of the record: narrow its scope, or let it look back less far");
        }
        stretches.values().forEach(stretch -> stretch.take(interval));
    }

    /** Moves on; every interval that starts before this moment has been taken. */
    void moveTo(Instant moment) {
        now = moment;
        current.clear();
        stretches.values().forEach(stretch -> stretch.moveTo(moment));
        Instant oldest = moment.minus(reach);
        Interval first = held.peek();
        while (first != null && !first.to().isAfter(oldest)) {
            parts -= held.remove().parts().size();
            first = held.peek();
        }
    }

    @Override
    public Facts facts(LookBack lookBack) {
        return current.computeIfAbsent(lookBack, this::found);
    }

    private Facts found(LookBack lookBack) {
        Stretch stretch = stretches.get(lookBack);
        Instant moment = now;
        if (stretch == null || moment == null) {
            throw new IllegalStateException(lookBack + " was not announced, or there is no moment yet");
        }
        if (pieces.isEmpty() || !stretch.to(moment).isAfter(pieces.get(0).from())) {
            return Facts.unknown(moment);
        }
        List<SeriesFacts> series = new ArrayList<>();
        List<SampleFacts> samples = new ArrayList<>();
        stretch.forEach(new Stretch.Taker() {
            @Override
            public void durations(Origin origin, Distribution durations) {
                series.add(names.series(origin, durations));
            }

            @Override
            public void values(Origin origin, ValueDistribution values) {
                samples.add(names.samples(origin, values));
            }
        });
        return new Facts(begin(stretch.from(moment)), end(stretch.to(moment)), series, samples);
    }

    private Instant begin(Instant at) {
        return pieces.stream()
                .filter(piece -> !at.isBefore(piece.from()) && at.isBefore(piece.to()))
                .findFirst()
                .map(piece -> floor(at, piece))
                .orElse(at);
    }

    private Instant end(Instant at) {
        return pieces.stream()
                .filter(piece -> at.isAfter(piece.from()) && !at.isAfter(piece.to()))
                .findFirst()
                .map(piece -> {
                    Instant floor = floor(at, piece);
                    return floor.equals(at) ? at : floor.plus(piece.tier().length());
                })
                .orElse(at);
    }

    private static Instant floor(Instant at, Piece piece) {
        long length = piece.tier().length().toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), length) * length);
    }

    @Override
    public OptionalDouble threshold(String name) {
        return thresholds.apply(name);
    }
}
