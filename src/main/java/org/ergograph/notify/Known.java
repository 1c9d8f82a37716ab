package org.ergograph.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ergograph.alert.Rule;
import org.ergograph.alert.routing.Inhibition;
import org.ergograph.alert.routing.Silence;

/**
 * What people defined, as last read. Immutable.
 *
 * @param rules by id
 * @param unreadable the ids of rules that are there, but which this version of the application does not understand
 */
record Known(Map<String, Rule> rules, Set<String> unreadable, List<Silence> silences, List<Inhibition> inhibitions) {
    Known {
        rules = Map.copyOf(rules);
        unreadable = Set.copyOf(unreadable);
        silences = List.copyOf(silences);
        inhibitions = List.copyOf(inhibitions);
    }

    /** The inhibitions that came with the product among them. */
    List<Inhibition> allInhibitions() {
        List<Inhibition> all = new ArrayList<>(Inhibition.SHIPPED);
        all.addAll(inhibitions);
        return all;
    }
}
