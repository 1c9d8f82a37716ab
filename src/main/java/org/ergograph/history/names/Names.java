package org.ergograph.history.names;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.ergograph.database.SqlStates;
import org.ergograph.observation.Labels;
import org.ergograph.observation.Series;
import org.jspecify.annotations.Nullable;

/**
 * Turns this node's name, series and texts into the numbers under which rows name them, and registers what the database does
 * not know yet. Other nodes do the same at the same time: who comes second takes what the first has put there. Remembers only
 * what is committed. Not thread-safe.
 *
 * <p>Each method may end the connection's transaction: names come before the rows that use them.
 */
public final class Names {
    private static final int ATTEMPTS = 20;
    /** Texts come from outside: there may be more of them than memory for them. */
    private static final int MAX_TERMS = 20_000;

    /** The text of a series, an observation's or a sample's; where a kind has one attribute, the second is empty. */
    public record SeriesName(String kind, String name, String first, String second) {
        /** The name of the series of observations. */
        public static SeriesName of(Series series) {
            return new SeriesName(
                    series.kind().label(),
                    series.name(),
                    series.value(0),
                    series.values().size() > 1 ? series.value(1) : "");
        }

        /** The name of what is sampled. */
        public static SeriesName ofSample(String name, String unit) {
            String clean = Labels.sanitize(name);
            return new SeriesName(SeriesRow.SAMPLE, clean, clean, Labels.sanitize(unit));
        }
    }

    private final String nodeName;
    private final Map<SeriesName, Integer> series = new HashMap<>();
    private final Map<String, Integer> terms = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > MAX_TERMS;
        }
    };
    private int node = -1;

    /** @param nodeName unique among the nodes that share the database */
    public Names(String nodeName) {
        this.nodeName = Labels.sanitize(nodeName);
    }

    /** This node's number, at least 0. */
    public int node(Connection connection, int timeoutSeconds) throws SQLException {
        if (node < 0) {
            node = registered(
                    connection,
                    timeoutSeconds,
                    "select number from node where name = ?",
                    "insert into node (name, registered_at, number)"
                            + " select ?, ?, coalesce(max(number), -1) + 1 from node",
                    List.of(nodeName),
                    List.of(nodeName, Timestamp.from(Instant.now())));
        }
        return node;
    }

    /** The number of the series, at least 1. */
    public int series(Connection connection, SeriesName name, int timeoutSeconds) throws SQLException {
        Integer known = series.get(name);
        if (known == null) {
            known = registered(
                    connection,
                    timeoutSeconds,
                    "select number from series where kind = ? and attribute_1 = ? and attribute_2 = ?",
                    "insert into series (kind, name, attribute_1, attribute_2, number)"
                            + " select ?, ?, ?, ?, coalesce(max(number), 0) + 1 from series",
                    List.of(name.kind(), name.first(), name.second()),
                    List.of(name.kind(), name.name(), name.first(), name.second()));
            series.put(name, known);
        }
        return known;
    }

    /** The number of the text; {@link TermRow#NONE} if there is none. The text is made fit for every database before. */
    public int term(Connection connection, @Nullable String text, int timeoutSeconds) throws SQLException {
        if (text == null) {
            return TermRow.NONE;
        }
        Integer known = terms.get(text);
        if (known == null) {
            List<Object> clean = List.of(Labels.sanitize(text));
            known = registered(
                    connection,
                    timeoutSeconds,
                    "select number from term where text = ?",
                    "insert into term (text, number) select ?, coalesce(max(number), 0) + 1 from term",
                    clean,
                    clean);
            terms.put(text, known);
        }
        return known;
    }

    private static int registered(
            Connection connection, int timeoutSeconds, String find, String add, List<Object> key, List<Object> row)
            throws SQLException {
        for (int attempt = 1; ; attempt++) {
            OptionalInt found = find(connection, timeoutSeconds, find, key);
            if (found.isPresent()) {
                connection.commit();
                return found.getAsInt();
            }
            try (PreparedStatement insert = connection.prepareStatement(add)) {
                set(insert, timeoutSeconds, row);
                insert.executeUpdate();
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                // Somebody else was first: what they put there is found next time.
                if (!SqlStates.isDuplicate(e) || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static OptionalInt find(Connection connection, int timeoutSeconds, String sql, List<Object> key)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            set(select, timeoutSeconds, key);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? OptionalInt.of(rows.getInt(1)) : OptionalInt.empty();
            }
        }
    }

    private static void set(PreparedStatement statement, int timeoutSeconds, List<Object> values) throws SQLException {
        statement.setQueryTimeout(timeoutSeconds);
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
    }
}
