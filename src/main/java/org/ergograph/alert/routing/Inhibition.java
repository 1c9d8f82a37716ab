package org.ergograph.alert.routing;

import java.util.List;
import java.util.Map;
import org.ergograph.alert.AlertLabels;

/**
 * While alerts fire that match the source, alerts that match the target and have the same labels are not told. Immutable.
 *
 * @param source all have to match; at least one
 * @param target all have to match; at least one
 * @param equal the labels that have to be the same; one that neither has is the same
 */
public record Inhibition(String id, String name, List<Matcher> source, List<Matcher> target, List<String> equal) {
    /** A server that is down hides the alerts of its tools and of calls to it. */
    public static final Inhibition UPSTREAM_DOWN = new Inhibition(
            "upstream_down",
            "upstream_down",
            List.of(Matcher.of(AlertLabels.NAME, Matcher.Operator.EQUAL, "upstream_down")),
            List.of(
                    Matcher.of(AlertLabels.SERVER, Matcher.Operator.NOT_EQUAL, ""),
                    Matcher.of(AlertLabels.NAME, Matcher.Operator.NOT_EQUAL, "upstream_down")),
            List.of(AlertLabels.SERVER));

    /** Those that come with the product. */
    public static final List<Inhibition> SHIPPED = List.of(UPSTREAM_DOWN);

    public Inhibition {
        source = List.copyOf(source);
        target = List.copyOf(target);
        equal = List.copyOf(equal);
        if (source.isEmpty() || target.isEmpty()) {
            throw new IllegalArgumentException("an inhibition needs a matcher for its source and one for its target");
        }
    }

    boolean isSource(Map<String, String> labels) {
        return Matcher.all(source, labels);
    }

    boolean isTarget(Map<String, String> labels) {
        return Matcher.all(target, labels);
    }

    /** The values of the labels that have to be the same. */
    List<String> equalOf(Map<String, String> labels) {
        return equal.stream().map(label -> labels.getOrDefault(label, "")).toList();
    }
}
