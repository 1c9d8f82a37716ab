package org.ergograph.alert.routing;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What one message is about: some alerts in full, and how many more there are. Immutable.
 *
 * @param listed at most {@value #LISTED}, those that come first in the order given
 * @param more how many others
 */
public record Batch<T>(List<T> listed, int more) {
    /** How many alerts a message lists, at most. */
    public static final int LISTED = 20;

    public Batch {
        listed = List.copyOf(listed);
    }

    /**
     * A message about these, of which the later replaces the earlier if they are about the same alert.
     *
     * @param entries in the order in which they were made
     * @param alertId by which those of the same alert are told
     * @param order the first are listed
     */
    public static <T> Batch<T> of(
            Collection<? extends T> entries, Function<? super T, String> alertId, Comparator<? super T> order) {
        Map<String, T> newest = new LinkedHashMap<>();
        entries.forEach(entry -> newest.put(alertId.apply(entry), entry));
        List<T> listed = newest.values().stream().sorted(order).limit(LISTED).toList();

        return new Batch<>(listed, newest.size() - listed.size());
    }

    /** {@code and 41 more}; empty if there are none. */
    public String rest() {
        return more == 0 ? "" : "and " + more + " more";
    }
}
