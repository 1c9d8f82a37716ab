package org.ergograph.notify.backtest;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ergograph.alert.condition.Condition;
import org.ergograph.alert.condition.Query;
import org.ergograph.alert.condition.Scope;
import org.ergograph.history.names.SeriesFilter;
import org.ergograph.history.names.SeriesRow;
import org.ergograph.observation.Kind;

/** Which series of the record a rule may look at, so that no others are read. Rather too many than too few. Immutable. */
final class Wanted {
    private static final String ALL = "all";

    private final Scope scope;
    private final Set<Kind> named;
    private final boolean samples;

    private Wanted(Scope scope, Set<Kind> named, boolean samples) {
        this.scope = scope;
        this.named = named;
        this.samples = samples;
    }

    static Wanted of(Query query) {
        String text = Stream.of(query.condition(), query.clearCondition())
                .filter(Objects::nonNull)
                .map(Condition::text)
                .collect(Collectors.joining(" "));
        Set<Kind> named = EnumSet.noneOf(Kind.class);
        for (Kind kind : Kind.values()) {
            if (calls(text, kind.label()) || calls(text, ALL)) {
                named.add(kind);
            }
        }
        return new Wanted(query.scope(), named, !text.isEmpty());
    }

    private static boolean calls(String text, String function) {
        return text.matches("(?s)(.*\\W)?" + function + "\\s*\\(.*");
    }

    private static boolean mayHave(Scope scope, Kind kind) {
        String word = scope.text().split(":", 2)[0];
        return switch (word) {
            case "system" -> true;
            case "automation" -> kind == Kind.WORKFLOW;
            case "macro" -> kind == Kind.TOOL;
            default -> word.equals(kind.label());
        };
    }

    /** What to ask the dictionary of series for. */
    List<SeriesFilter> filters() {
        List<SeriesFilter> filters = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            if (named.contains(kind) || mayHave(scope, kind)) {
                filters.add(new SeriesFilter(kind.label(), null, Map.of()));
            }
        }
        if (samples) {
            filters.add(new SeriesFilter(SeriesRow.SAMPLE, null, Map.of()));
        }
        return filters;
    }

    /** Whether it may look at this series, which the filters took. */
    boolean takes(SeriesRow series) {
        return series.kind.equals(SeriesRow.SAMPLE)
                || Kind.parse(series.kind).filter(named::contains).isPresent()
                || scope.matches(series.kind, series.name);
    }
}
