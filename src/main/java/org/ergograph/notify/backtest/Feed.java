package org.ergograph.notify.backtest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.ergograph.alert.condition.SampleFacts;
import org.ergograph.alert.condition.SeriesFacts;
import org.ergograph.history.names.SeriesRow;
import org.ergograph.history.query.Piece;
import org.ergograph.history.query.RecordedIntervals;
import org.ergograph.history.rollup.RollupRow;
import org.ergograph.notify.backtest.Interval.Origin;
import org.ergograph.notify.backtest.Interval.Part;
import org.ergograph.observation.Kind;
import org.ergograph.window.Distribution;
import org.ergograph.window.DistributionAdder;
import org.ergograph.window.ValueAdder;
import org.ergograph.window.ValueDistribution;
import org.jspecify.annotations.Nullable;

/** Reads the record interval by interval, some at a time, so that no connection is held while rules are evaluated. */
final class Feed implements SlidingFacts.Names {
    /** About how many rows are read at once. */
    static final int ROWS = 50_000;

    private final RecordedIntervals record;
    private final Map<Integer, SeriesRow> series;
    private final Deque<Piece> left;
    private final Deque<Interval> read = new ArrayDeque<>();
    private final Map<Integer, String> nodes = new HashMap<>();
    private final Set<Integer> seen = new TreeSet<>();

    Feed(RecordedIntervals record, Map<Integer, SeriesRow> series, List<Piece> pieces) {
        this.record = record;
        this.series = new LinkedHashMap<>(series);
        this.left = new ArrayDeque<>(pieces);
    }

    /** The next interval of which there is anything, if it starts before this moment; each is given once. */
    Optional<Interval> next(Instant before) {
        Piece piece = left.peek();
        while (read.isEmpty() && piece != null && piece.from().isBefore(before) && !series.isEmpty()) {
            read(left.remove());
            piece = left.peek();
        }
        Interval first = read.peek();
        return first != null && first.from().isBefore(before) ? Optional.of(read.remove()) : Optional.empty();
    }

    /** How many series there was anything of. */
    int seen() {
        return seen.size();
    }

    private void read(Piece piece) {
        long intervals = Math.max(1, ROWS / series.size());
        Duration length = piece.tier().length().multipliedBy(intervals);
        Instant to = piece.from().plus(length);
        if (to.isBefore(piece.to())) {
            left.push(new Piece(piece.tier(), to, piece.to()));
        } else {
            to = piece.to();
        }
        Rows rows = new Rows(piece.tier().length());
        record.read(new Piece(piece.tier(), piece.from(), to), series.keySet(), rows::add);
        rows.end();
        name();
    }

    /** Asks for the names of nodes that were not seen before. */
    private void name() {
        Set<Integer> unknown = new TreeSet<>();
        read.forEach(interval ->
                interval.parts().forEach(part -> unknown.add(part.origin().node())));
        unknown.removeAll(nodes.keySet());
        if (!unknown.isEmpty()) {
            nodes.putAll(record.nodes(unknown));
        }
    }

    /** Adds up rows, of which those of one series, node and interval follow each other. */
    private final class Rows {
        private final Duration length;
        private final DistributionAdder durations = new DistributionAdder();
        private final ValueAdder values = new ValueAdder();
        private List<Part> parts = new ArrayList<>();
        private @Nullable Origin origin;
        private int minute;

        Rows(Duration length) {
            this.length = length;
        }

        void add(RollupRow row) {
            Origin of = new Origin(row.series(), row.node());
            if (!of.equals(origin) || row.startMinute() != minute) {
                endPart();
                if (row.startMinute() != minute) {
                    endInterval();
                }
                origin = of;
                minute = row.startMinute();
            }
            row.addTo(durations);
            row.addTo(values);
        }

        void end() {
            endPart();
            endInterval();
        }

        private void endPart() {
            Origin of = origin;
            Distribution durationsOf = durations.take();
            ValueDistribution valuesOf = values.take();
            if (of != null && durationsOf.count() + valuesOf.count() > 0) {
                parts.add(new Part(of, durationsOf, valuesOf));
                seen.add(of.series());
            }
        }

        private void endInterval() {
            if (!parts.isEmpty()) {
                Instant from = Instant.ofEpochSecond(60L * minute);
                read.add(new Interval(from, from.plus(length), parts));
                parts = new ArrayList<>();
            }
        }
    }

    @Override
    public SeriesFacts series(Origin of, Distribution durations) {
        SeriesRow row = row(of);
        Map<String, String> attributes = new LinkedHashMap<>();
        List<String> names = Kind.parse(row.kind).map(Kind::attributes).orElse(List.of());
        if (!names.isEmpty()) {
            attributes.put(names.get(0), row.first);
        }
        if (names.size() > 1) {
            attributes.put(names.get(1), row.second);
        }
        return new SeriesFacts(row.kind, row.name, attributes, node(of), durations);
    }

    @Override
    public SampleFacts samples(Origin of, ValueDistribution values) {
        SeriesRow row = row(of);
        return new SampleFacts(row.name, row.second, node(of), values);
    }

    private SeriesRow row(Origin of) {
        SeriesRow row = series.get(of.series());
        if (row == null) {
            throw new IllegalStateException("rollups of series " + of.series() + ", which was not asked for");
        }
        return row;
    }

    private String node(Origin of) {
        return nodes.getOrDefault(of.node(), "?");
    }
}
