package org.ergograph.history.names;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Labels;
import org.ergograph.web.QueryParameters;
import org.jspecify.annotations.Nullable;

/**
 * Which series are asked for. Immutable.
 *
 * @param kind a kind's label or {@link SeriesRow#SAMPLE}; null for any kind of observation
 * @param name the series' name; null for any
 * @param attributes values by the names of attributes; a series has to have them all
 */
public record SeriesFilter(@Nullable String kind, @Nullable String name, Map<String, String> attributes) {
    /** The labels of the kinds of observations. */
    public static final List<String> KINDS =
            Arrays.stream(Kind.values()).map(Kind::label).toList();

    private static final List<String> ATTRIBUTES = attributeNames();
    private static final int MAX_NAME = 450;
    private static final String SERIES = "series";

    private static List<String> attributeNames() {
        Set<String> names = new LinkedHashSet<>();
        for (Kind kind : Kind.values()) {
            names.addAll(kind.attributes());
        }
        names.remove("name"); // the kind that has it is named by it
        return List.copyOf(names);
    }

    public SeriesFilter {
        attributes = Map.copyOf(attributes);
    }

    /**
     * Reads the parameters of kind, name and the attributes by their names, {@code endpoint} say; faults are told by
     * {@code parameters.check()}.
     *
     * @param kinds which kinds may be asked for
     * @return takes everything if nothing is said
     */
    public static SeriesFilter read(QueryParameters parameters, List<String> kinds) {
        return read(parameters, kinds, ATTRIBUTES);
    }

    private static SeriesFilter read(QueryParameters parameters, List<String> kinds, List<String> names) {
        String kind = parameters.oneOf("kind", kinds);
        String name = parameters.text("name", MAX_NAME);
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String attribute : names) {
            String value = parameters.text(attribute, Labels.MAX_LENGTH);
            if (value != null) {
                attributes.put(attribute, Labels.sanitize(value));
            }
        }
        SeriesFilter filter = new SeriesFilter(kind, name, attributes);
        if (filter.isImpossible()) {
            String first = attributes.keySet().iterator().next();
            parameters.fault(first, attributes.get(first), "an attribute of " + filter.asked());
        }
        return filter;
    }

    /**
     * Reads the repeated parameter {@code series}, each a kind and a name, {@code http:GET /api/v1/servers} say, or else what
     * {@link #read} does, samples included.
     *
     * @param taken names that are no attributes here because they mean something else
     * @return one at least
     */
    public static List<SeriesFilter> readAll(QueryParameters parameters, int most, Set<String> taken) {
        List<String> kinds = new ArrayList<>(KINDS);
        kinds.add(SeriesRow.SAMPLE);
        List<SeriesFilter> all = new ArrayList<>();
        for (String text : parameters.texts(SERIES, most, MAX_NAME + 17)) {
            int colon = text.indexOf(':');
            if (colon < 1 || colon == text.length() - 1 || !kinds.contains(text.substring(0, colon))) {
                parameters.fault(SERIES, text, "a kind, a colon and a name; the kinds are " + String.join(", ", kinds));
            } else {
                all.add(new SeriesFilter(text.substring(0, colon), text.substring(colon + 1), Map.of()));
            }
        }
        SeriesFilter other = read(
                parameters,
                kinds,
                ATTRIBUTES.stream().filter(name -> !taken.contains(name)).toList());
        if (!parameters.has(SERIES)) {
            return List.of(other);
        }
        if (!other.takesAll()) {
            parameters.fault(
                    SERIES,
                    String.join(", ", parameters.texts(SERIES, most, MAX_NAME + 17)),
                    "absent where kind, name or an attribute is given");
        }
        return all.isEmpty() ? List.of(other) : all;
    }

    /** Whether it takes every observation. */
    public boolean takesAll() {
        return kind == null && name == null && attributes.isEmpty();
    }

    private String asked() {
        return (kind == null ? "a kind" : kind) + " together with what else is asked for";
    }

    /** The kinds that have all the attributes, with their positions. */
    private List<Kind> kinds() {
        return Arrays.stream(Kind.values())
                .filter(each -> kind == null || each.label().equals(kind))
                .filter(each -> each.attributes().containsAll(attributes.keySet()))
                .toList();
    }

    private boolean isImpossible() {
        return !attributes.isEmpty() && kinds().isEmpty();
    }

    /**
     * The condition on a series {@code s} in the query language of JPA.
     *
     * @param values gets the values of its parameters, in the order of their numbers, which go on from what is in it
     */
    String condition(List<Object> values) {
        List<String> all = new ArrayList<>();
        if (name != null) {
            all.add("s.name = " + parameter(values, name));
        }
        if (attributes.isEmpty()) {
            all.add(
                    kind == null
                            ? "s.kind <> " + parameter(values, SeriesRow.SAMPLE)
                            : "s.kind = " + parameter(values, kind));
        } else {
            List<String> any = new ArrayList<>();
            for (Kind each : kinds()) {
                any.add(condition(each, values));
            }
            all.add("(" + String.join(" or ", any) + ")");
        }
        return String.join(" and ", all);
    }

    private String condition(Kind of, List<Object> values) {
        List<String> all = new ArrayList<>(List.of("s.kind = " + parameter(values, of.label())));
        attributes.forEach((attribute, value) -> all.add(
                (of.attributes().indexOf(attribute) == 0 ? "s.first = " : "s.second = ") + parameter(values, value)));
        return "(" + String.join(" and ", all) + ")";
    }

    private static String parameter(List<Object> values, Object value) {
        values.add(value);
        return "?" + values.size();
    }
}
