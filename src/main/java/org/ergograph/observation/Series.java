package org.ergograph.observation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A kind with one set of low-cardinality attribute values; resolved once, so that recording needs no lookup. Immutable
 * and thread-safe. Compared by identity: {@link SeriesRegistry} makes one instance for equal values.
 */
public final class Series {
    private final int id;
    private final Kind kind;
    private final String name;
    private final List<String> values;

    Series(int id, Kind kind, List<String> values) {
        this.id = id;
        this.kind = kind;
        this.values = List.copyOf(values);
        this.name = kind.nameOf(this.values);
    }

    /** A dense number, from 0, unique within the registry: sinks keep their state in an array indexed by it. */
    public int id() {
        return id;
    }

    public Kind kind() {
        return kind;
    }

    /** The name under which people see the series, for example {@code GET /api/v1/servers/{id}}. */
    public String name() {
        return name;
    }

    /** The attribute values, in the order of {@link Kind#attributes()}. */
    public List<String> values() {
        return values;
    }

    /** The value at this position of {@link Kind#attributes()}. */
    public String value(int position) {
        return values.get(position);
    }

    /** Attribute names and values, in the kind's order. */
    public Map<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            attributes.put(kind.attributes().get(i), values.get(i));
        }
        return attributes;
    }

    @Override
    public String toString() {
        return kind.label() + " " + name;
    }
}
