package org.ergograph.alert.routing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.ergograph.alert.Alert;

/** Which alerts hide which. Pure. */
public final class Inhibitions {
    /** How many of those that hide an alert are named. */
    static final int NAMED = 10;

    /** The older of two that hide each other is told. */
    private static final Comparator<Alert> OLDEST = Comparator.comparing(Alert::id);

    private Inhibitions() {}

    /**
     * Which alerts hide an alert: only such that fire and are not hidden themselves, and never itself. One that is both source
     * and target of an inhibition is not hidden by another that is both. Of alerts that hide each other in a circle, which
     * {@link InhibitionCycles} refuses as far as it can, the oldest is told: never are all of them hidden.
     *
     * @param alerts all that are open
     * @return the ids of those that hide it, at most ten, by the id of each alert that is hidden
     */
    public static Map<String, Set<String>> inhibitedBy(Collection<Alert> alerts, Collection<Inhibition> inhibitions) {
        Map<String, List<Alert>> hiders = hiders(alerts, inhibitions);
        Map<String, Boolean> hidden = new HashMap<>();
        List<Alert> open = new ArrayList<>(alerts.stream().sorted(OLDEST).toList());
        while (!open.isEmpty()) {
            List<Alert> left = open.stream()
                    .filter(alert -> !isDecided(alert.id(), hiders.getOrDefault(alert.id(), List.of()), hidden))
                    .toList();
            if (left.size() == open.size()) {
                hidden.put(left.get(0).id(), false);
            }
            open = left.size() == open.size() ? left.subList(1, left.size()) : left;
        }
        Map<String, Set<String>> found = new LinkedHashMap<>();
        hiders.forEach((target, sources) -> {
            if (isHidden(target, hidden)) {
                found.put(
                        target,
                        sources.stream()
                                .map(Alert::id)
                                .filter(source -> !isHidden(source, hidden))
                                .limit(NAMED)
                                .collect(Collectors.toCollection(LinkedHashSet::new)));
            }
        });
        return found;
    }

    private static boolean isHidden(String id, Map<String, Boolean> hidden) {
        return Boolean.TRUE.equals(hidden.get(id));
    }

    /** Decides if it can: hidden if one that is not hides it, not hidden if all that could are hidden. */
    private static boolean isDecided(String id, List<Alert> hiders, Map<String, Boolean> hidden) {
        boolean open = false;
        for (Alert hider : hiders) {
            Boolean known = hidden.get(hider.id());
            if (known == null) {
                open = true;
            } else if (!known) {
                hidden.put(id, true);
                return true;
            }
        }
        if (!open) {
            hidden.put(id, false);
        }
        return !open;
    }

    private static Map<String, List<Alert>> hiders(Collection<Alert> alerts, Collection<Inhibition> inhibitions) {
        Map<String, List<Alert>> hiders = new LinkedHashMap<>();
        for (Inhibition inhibition : inhibitions) {
            Map<List<String>, List<Alert>> sources = alerts.stream()
                    .filter(alert -> alert.state().fires() && inhibition.isSource(alert.labels()))
                    .sorted(OLDEST)
                    .collect(Collectors.groupingBy(alert -> inhibition.equalOf(alert.labels())));
            for (Alert target : alerts) {
                if (inhibition.isTarget(target.labels())) {
                    // What is both is not hidden by what is both, and so not by itself.
                    boolean isBoth = inhibition.isSource(target.labels());
                    sources.getOrDefault(inhibition.equalOf(target.labels()), List.of()).stream()
                            .filter(source -> !isBoth || !inhibition.isTarget(source.labels()))
                            .forEach(source -> hiders.computeIfAbsent(target.id(), id -> new ArrayList<>())
                                    .add(source));
                }
            }
        }
        return hiders;
    }
}
