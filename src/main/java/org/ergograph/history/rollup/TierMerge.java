package org.ergograph.history.rollup;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Merges parts of one tier into its rows, and hands what was in them on as parts of the next tier, all in the caller's
 * transaction: as parts are added up and deleted at once, it does not matter when they come, in what order, or how many at a
 * time. Not thread-safe.
 */
final class TierMerge {
    private static final String THERE = "select " + RollupRow.COLUMNS.replaceAll("(\\w+)", "r.$1")
            + " from unnest(cast(? as integer array), cast(? as smallint array), cast(? as integer array))"
            + " as k(series, node, start_minute) join rollup r on r.tier = ? and r.series = k.series"
            + " and r.start_minute = k.start_minute and r.node = k.node";

    private record Key(int series, int node, int startMinute) {
        static Key of(RollupRow row) {
            return new Key(row.series(), row.node(), row.startMinute());
        }

        Key at(Tier tier) {
            return new Key(series, node, tier.start(startMinute));
        }
    }

    private final RowAdder adder = new RowAdder();
    private final int timeoutSeconds;

    /** @param timeoutSeconds how long a statement may take */
    TierMerge(int timeoutSeconds) {
        this.timeoutSeconds = timeoutSeconds;
    }

    /**
     * Merges some parts.
     *
     * @param tier theirs
     * @param before only parts of intervals that start before this minute
     * @param keptFrom intervals that start before this minute get no row any more; the next tier gets theirs all the same
     * @param limit at most so many parts
     * @return how many parts there were
     */
    int merge(Connection connection, Tier tier, int before, int keptFrom, int limit) throws SQLException {
        List<RollupRow> parts = take(connection, tier, before, limit);
        if (!parts.isEmpty()) {
            List<Key> keys = new ArrayList<>();
            List<Figures> added = new ArrayList<>();
            addUp(parts, keys, added);
            writeRows(connection, tier, keptFrom, keys, added);
            handOn(connection, tier, keys, added);
        }
        return parts.size();
    }

    /**
     * Adds parts up into one for each series, node and interval: until an interval is over, readers have fewer to add up.
     *
     * @param tier theirs
     * @param limit at most so many parts
     * @return how many parts there were
     */
    int fold(Connection connection, Tier tier, int limit) throws SQLException {
        List<RollupRow> parts = take(connection, tier, Integer.MAX_VALUE, limit);
        List<Key> keys = new ArrayList<>();
        List<Figures> added = new ArrayList<>();
        addUp(parts, keys, added);
        FigureRows folded = new FigureRows();
        for (int i = 0; i < keys.size(); i++) {
            Key key = keys.get(i);
            folded.add(tier, key.series(), key.node(), key.startMinute(), added.get(i));
        }
        folded.insert(connection, "rollup_part", timeoutSeconds);
        return parts.size();
    }

    private List<RollupRow> take(Connection connection, Tier tier, int before, int limit) throws SQLException {
        List<RollupRow> parts = new ArrayList<>();
        try (PreparedStatement delete =
                connection.prepareStatement(Dialect.of(connection).takeParts())) {
            delete.setQueryTimeout(timeoutSeconds);
            delete.setInt(1, tier.number());
            delete.setInt(2, before);
            delete.setInt(3, limit);
            try (ResultSet deleted = delete.executeQuery()) {
                while (deleted.next()) {
                    parts.add(new RollupRow(deleted));
                }
            }
        }
        parts.sort(Comparator.comparingInt(RollupRow::series)
                .thenComparingInt(RollupRow::node)
                .thenComparingInt(RollupRow::startMinute));
        return parts;
    }

    private void addUp(List<RollupRow> sorted, List<Key> keys, List<Figures> added) {
        int to;
        for (int from = 0; from < sorted.size(); from = to) {
            Key key = Key.of(sorted.get(from));
            to = from + 1;
            while (to < sorted.size() && Key.of(sorted.get(to)).equals(key)) {
                to++;
            }
            keys.add(key);
            added.add(adder.sum(sorted.subList(from, to)));
        }
    }

    private void writeRows(Connection connection, Tier tier, int keptFrom, List<Key> keys, List<Figures> added)
            throws SQLException {
        Map<Key, RollupRow> there = there(connection, tier, keys);
        FigureRows inserted = new FigureRows();
        FigureRows updated = new FigureRows();
        for (int i = 0; i < keys.size(); i++) {
            Key key = keys.get(i);
            if (key.startMinute() >= keptFrom) {
                RollupRow before = there.get(key);
                Figures now = before == null ? added.get(i) : adder.sum(adder.sum(List.of(before)), added.get(i));
                (before == null ? inserted : updated).add(tier, key.series(), key.node(), key.startMinute(), now);
            }
        }
        inserted.insert(connection, "rollup", timeoutSeconds);
        updated.update(connection, timeoutSeconds);
    }

    /** The rows that late parts belong to. */
    private Map<Key, RollupRow> there(Connection connection, Tier tier, List<Key> keys) throws SQLException {
        List<Array> arrays = List.of(
                array(connection, keys, Key::series),
                array(connection, keys, Key::node),
                array(connection, keys, Key::startMinute));
        try (PreparedStatement select = connection.prepareStatement(THERE)) {
            select.setQueryTimeout(timeoutSeconds);
            for (int i = 0; i < arrays.size(); i++) {
                select.setArray(i + 1, arrays.get(i));
            }
            select.setInt(4, tier.number());
            Map<Key, RollupRow> there = new HashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    RollupRow row = new RollupRow(rows);
                    there.put(Key.of(row), row);
                }
            }
            return there;
        } finally {
            for (Array array : arrays) {
                array.free();
            }
        }
    }

    private static Array array(Connection connection, List<Key> keys, ToIntFunction<Key> column) throws SQLException {
        return connection.createArrayOf(
                "int4", keys.stream().mapToInt(column).boxed().toArray());
    }

    private void handOn(Connection connection, Tier tier, List<Key> keys, List<Figures> added) throws SQLException {
        Tier above = tier.next().orElse(null);
        if (above == null) {
            return;
        }
        FigureRows parts = new FigureRows();
        Figures sum = Figures.NONE;
        for (int i = 0; i < keys.size(); i++) {
            Key key = keys.get(i).at(above);
            sum = adder.sum(sum, added.get(i));
            if (i + 1 == keys.size() || !keys.get(i + 1).at(above).equals(key)) {
                parts.add(above, key.series(), key.node(), key.startMinute(), sum);
                sum = Figures.NONE;
            }
        }
        parts.insert(connection, "rollup_part", timeoutSeconds);
    }
}
