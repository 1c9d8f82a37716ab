package org.ergograph.history.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ergograph.history.names.SeriesRow;
import org.ergograph.history.query.HistoryAnswer.Item;
import org.ergograph.history.query.HistoryAnswer.Point;
import org.ergograph.history.rollup.RollupRow;
import org.ergograph.web.ProblemException;
import org.ergograph.window.DistributionAdder;
import org.ergograph.window.ValueAdder;
import org.jspecify.annotations.Nullable;

/**
 * Sorts what is read from the rollups into the figures that are asked for, and adds it up figure by figure at the end: one
 * workbench serves them all. Not thread-safe.
 */
final class Cells {
    /** How many figures an answer may have. */
    static final int MAX_FIGURES = 20_000;
    /** How many rows of the rollups an answer may rest on. */
    static final int MAX_ROWS = 500_000;

    /** The figures of one group, by the start of their point. */
    private static final class Row {
        final TreeMap<Instant, List<RollupRow>> cells = new TreeMap<>();
        final TreeSet<Integer> nodes = new TreeSet<>();
    }

    private record Source(int series, int node) {}

    private final HistoryRequest request;
    private final Map<Integer, SeriesRow> series;
    private final List<Piece> pieces;
    private final Map<Group, Row> rows = new HashMap<>();
    private final Map<Source, Row> bySource = new HashMap<>();
    private int rowsRead;
    private int figures;

    /** @param pieces not empty */
    Cells(HistoryRequest request, Map<Integer, SeriesRow> series, List<Piece> pieces) {
        this.request = request;
        this.series = series;
        this.pieces = pieces;
    }

    /** Takes a row, of one of the series and within one of the pieces. */
    void add(RollupRow read) {
        if (++rowsRead > MAX_ROWS) {
            throw ProblemException.unprocessable(
                    "from",
                    request.from().toString(),
                    "later, or fewer series or a coarser tier be asked for: an answer rests on at most " + MAX_ROWS
                            + " rows of the rollups");
        }
        Row row = bySource.computeIfAbsent(new Source(read.series(), read.node()), this::row);
        row.nodes.add(read.node());
        row.cells
                .computeIfAbsent(pointOf(Instant.ofEpochSecond(60L * read.startMinute())), this::cell)
                .add(read);
    }

    private List<RollupRow> cell(Instant point) {
        if (++figures > MAX_FIGURES) {
            throw ProblemException.unprocessable(
                    request.step() == null ? "groupBy" : "step",
                    request.step() == null
                            ? request.grouping().word()
                            : request.step().toString(),
                    "such that the answer has at most " + MAX_FIGURES + " figures in all");
        }
        return new ArrayList<>();
    }

    private Row row(Source source) {
        SeriesRow of = series.get(source.series);
        if (of == null) {
            throw new IllegalStateException("rollups of series " + source.series + ", which was not asked for");
        }
        Group group = Group.of(of, request.grouping(), request.perNode() ? source.node : null);
        return rows.computeIfAbsent(group, ignored -> new Row());
    }

    private Instant pointOf(Instant start) {
        Instant first = pieces.get(0).from();
        return request.step() == null
                ? first
                : Tiers.later(Tiers.floor(start, request.step().toSeconds()), first);
    }

    private Instant endOf(Instant point) {
        Instant last = pieces.get(pieces.size() - 1).to();
        return request.step() == null
                ? last
                : Tiers.earlier(Tiers.floor(point, request.step().toSeconds()).plus(request.step()), last);
    }

    /** The numbers of the nodes of which something was taken. */
    Set<Integer> nodes() {
        TreeSet<Integer> nodes = new TreeSet<>();
        rows.values().forEach(row -> nodes.addAll(row.nodes));
        return nodes;
    }

    /**
     * What was taken, added up.
     *
     * @param nodes the names of the nodes
     */
    List<Item> items(Map<Integer, String> nodes) {
        double[] quantiles = request.quantiles();
        DistributionAdder durations = new DistributionAdder();
        ValueAdder values = new ValueAdder();
        List<Item> items = new ArrayList<>(rows.size());
        rows.forEach((group, row) -> {
            List<Point> points = new ArrayList<>(row.cells.size());
            row.cells.forEach((start, cell) -> {
                Figures of = group.isSample() ? values(cell, values, quantiles) : durations(cell, durations, quantiles);
                if (of != null) {
                    points.add(new Point(start, endOf(start), of));
                }
            });
            if (!points.isEmpty()) {
                items.add(new Item(group, names(row.nodes, nodes), points));
            }
        });
        items.sort(Cells::compare);
        return items;
    }

    private static @Nullable Figures durations(List<RollupRow> rows, DistributionAdder adder, double[] quantiles) {
        rows.forEach(row -> row.addTo(adder));
        return adder.count() == 0 ? null : Figures.of(adder.take(), quantiles);
    }

    private static @Nullable Figures values(List<RollupRow> rows, ValueAdder adder, double[] quantiles) {
        rows.forEach(row -> row.addTo(adder));
        return adder.count() == 0 ? null : Figures.of(adder.take(), quantiles);
    }

    private static List<String> names(Set<Integer> numbers, Map<Integer, String> nodes) {
        return numbers.stream()
                .map(number -> nodes.getOrDefault(number, "?"))
                .sorted()
                .toList();
    }

    private static int compare(Item one, Item other) {
        return key(one).compareTo(key(other));
    }

    private static String key(Item item) {
        Group group = item.group();
        return group.kind() + "\0" + group.name() + "\0" + group.attributes() + "\0" + item.nodes();
    }
}
