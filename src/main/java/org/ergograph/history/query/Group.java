package org.ergograph.history.query;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ergograph.history.names.SeriesRow;
import org.ergograph.observation.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What one figure is about: the series that are added up. Immutable.
 *
 * @param kind null for all
 * @param name null for all
 * @param attributes empty unless it is one series
 * @param unit of its values, {@code s} for durations
 * @param node null if all nodes are added up
 */
record Group(
        @Nullable String kind,
        @Nullable String name,
        Map<String, String> attributes,
        String unit,
        @Nullable Integer node) {
    /** The unit of durations. */
    static final String SECONDS = "s";

    Group {
        attributes = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /** The group that the series belongs to. Samples are added up by name at the most: each has its own unit. */
    static Group of(SeriesRow series, Grouping grouping, @Nullable Integer node) {
        if (series.kind.equals(SeriesRow.SAMPLE)) {
            return new Group(series.kind, series.name, Map.of(), series.second, node);
        }
        return switch (grouping) {
            case SERIES -> new Group(series.kind, series.name, attributes(series), SECONDS, node);
            case NAME -> new Group(series.kind, series.name, Map.of(), SECONDS, node);
            case KIND -> new Group(series.kind, null, Map.of(), SECONDS, node);
            case NODE, NONE -> new Group(null, null, Map.of(), SECONDS, node);
        };
    }

    private static Map<String, String> attributes(SeriesRow series) {
        Map<String, String> attributes = new LinkedHashMap<>();
        List<String> names = Kind.parse(series.kind).map(Kind::attributes).orElse(List.of());
        if (!names.isEmpty()) {
            attributes.put(names.get(0), series.first);
        }
        if (names.size() > 1) {
            attributes.put(names.get(1), series.second);
        }
        return attributes;
    }

    /** Whether it is of samples and not of durations. */
    boolean isSample() {
        return SeriesRow.SAMPLE.equals(kind);
    }
}
