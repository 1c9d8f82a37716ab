package org.ergograph.history;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.ergograph.history.names.Dictionary;
import org.ergograph.history.names.SeriesRow;
import org.ergograph.history.names.TermRow;
import org.ergograph.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a filter on a row {@code r} in the query language of JPA, its texts turned into the numbers that rows carry.
 * Immutable.
 */
final class AuditConditions {
    /** How many series the rows may be of: each is a parameter of the statement. */
    private static final int MAX_SERIES = 10_000;

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();
    private @Nullable Integer node;

    private AuditConditions() {}

    /**
     * The conditions of the filter; empty if it names something that no row ever had, so that nothing needs to be looked
     * through.
     */
    static Optional<AuditConditions> of(AuditFilter filter, Dictionary dictionary) {
        AuditConditions all = new AuditConditions();
        boolean possible = all.node(filter, dictionary)
                && all.term("r.errorType = ", "errorType", filter.errorType(), dictionary)
                && all.term("r.principal = ", "principal", filter.principal(), dictionary)
                && all.series(filter, dictionary);
        all.plain(filter);
        return possible ? Optional.of(all) : Optional.empty();
    }

    private boolean node(AuditFilter filter, Dictionary dictionary) {
        if (filter.node() == null) {
            return true;
        }
        OptionalInt number = dictionary.node(filter.node());
        number.ifPresent(found -> {
            add("r.node = ", "node", found);
            node = found;
        });
        return number.isPresent();
    }

    private boolean term(String condition, String parameter, @Nullable String text, Dictionary dictionary) {
        if (text == null) {
            return true;
        }
        OptionalInt number = dictionary.term(text);
        number.ifPresent(found -> add(condition, parameter, found));
        return number.isPresent();
    }

    private boolean series(AuditFilter filter, Dictionary dictionary) {
        if (filter.series().takesAll()) {
            return true;
        }
        List<SeriesRow> found = dictionary.series(List.of(filter.series()), MAX_SERIES + 1);
        if (found.size() > MAX_SERIES) {
            throw ProblemException.unprocessable(
                    "kind",
                    filter.series().kind(),
                    "asked for together with a name: it has more than " + MAX_SERIES + " series");
        }
        add("r.series in ", "series", found.stream().map(row -> row.number).toList());
        return !found.isEmpty();
    }

    private void plain(AuditFilter filter) {
        if (filter.from() != null) {
            add("r.startedAt >= ", "from", filter.from().atOffset(ZoneOffset.UTC));
        }
        if (filter.to() != null) {
            add("r.startedAt < ", "to", filter.to().atOffset(ZoneOffset.UTC));
        }
        if (filter.status() != null) {
            add("r.status = ", "status", filter.status());
        }
        if (filter.outcome() != null) {
            conditions.add("r.errorType " + (filter.outcome().equals("error") ? "<> " : "= ") + TermRow.NONE);
        }
        if (filter.minDuration() != null) {
            add("r.durationNanos >= ", "least", filter.minDuration().toNanos());
        }
        if (filter.traceId() != null) {
            add("r.traceIdLow = ", "low", Long.parseUnsignedLong(filter.traceId(), 16, 32, 16));
            add("r.traceIdHigh = ", "high", Long.parseUnsignedLong(filter.traceId(), 0, 16, 16));
        }
    }

    private void add(String condition, String parameter, Object value) {
        conditions.add(condition + ":" + parameter);
        values.put(parameter, value);
    }

    /** The number of the node that was asked for; null for any. */
    @Nullable
    Integer node() {
        return node;
    }

    /** The conditions and this one more. */
    String where(@Nullable String more) {
        List<String> all = new ArrayList<>(conditions);
        if (more != null) {
            all.add(more);
        }
        return all.isEmpty() ? "" : " where " + String.join(" and ", all);
    }

    /** The values of the conditions' parameters. */
    Map<String, Object> values() {
        return Map.copyOf(values);
    }
}
