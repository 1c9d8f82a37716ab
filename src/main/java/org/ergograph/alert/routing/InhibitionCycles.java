package org.ergograph.alert.routing;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.ergograph.alert.AlertLabels;
import org.ergograph.alert.Rule;
import org.ergograph.alert.condition.Subject;

/** Looks for rules whose alerts would hide each other in a circle. Pure. */
public final class InhibitionCycles {
    private InhibitionCycles() {}

    /**
     * A circle in which alerts of one rule may hide those of the next, as far as the labels that do not depend on the subject
     * tell; a label by which a rule groups may have any value. What alerts of the same rule do to each other is not looked at.
     *
     * @return the names of the rules, the first once more at the end; empty if there is none
     */
    public static Optional<List<String>> find(Collection<Rule> rules, Collection<Inhibition> inhibitions) {
        Map<String, Fixed> fixed = new TreeMap<>();
        rules.forEach(rule -> fixed.put(rule.name(), Fixed.of(rule)));
        Map<String, Set<String>> hides = new TreeMap<>();
        fixed.forEach((name, source) -> {
            Set<String> targets = new LinkedHashSet<>();
            fixed.forEach((other, target) -> {
                if (!other.equals(name) && inhibitions.stream().anyMatch(each -> source.mayHide(target, each))) {
                    targets.add(other);
                }
            });
            hides.put(name, targets);
        });
        Set<String> done = new LinkedHashSet<>();
        return hides.keySet().stream()
                .flatMap(name -> circle(name, hides, new ArrayDeque<>(), done).stream())
                .findFirst();
    }

    private static Optional<List<String>> circle(
            String name, Map<String, Set<String>> hides, Deque<String> path, Set<String> done) {
        if (path.contains(name)) {
            List<String> walked = List.copyOf(path);
            return Optional.of(
                    Stream.concat(walked.subList(walked.indexOf(name), walked.size()).stream(), Stream.of(name))
                            .toList());
        }
        if (done.contains(name)) {
            return Optional.empty();
        }
        path.addLast(name);
        for (String next : hides.getOrDefault(name, Set.of())) {
            Optional<List<String>> found = circle(next, hides, path, done);
            if (found.isPresent()) {
                return found;
            }
        }
        path.removeLast();
        done.add(name);
        return Optional.empty();
    }

    /**
     * What is known of the labels of a rule's alerts before there are any.
     *
     * @param labels those that every alert of it has
     * @param open those that may have any value
     */
    private record Fixed(Map<String, String> labels, Set<String> open) {
        static Fixed of(Rule rule) {
            Map<String, String> labels = AlertLabels.of(rule, Subject.ALL);
            Set<String> open = new LinkedHashSet<>(rule.query().groupBy());
            if (open.contains(AlertLabels.TOOL)) {
                open.add(AlertLabels.SERVER);
            }
            open.removeAll(labels.keySet());
            return new Fixed(labels, open);
        }

        boolean mayHide(Fixed target, Inhibition inhibition) {
            return mayMatch(inhibition.source())
                    && target.mayMatch(inhibition.target())
                    && !(mustMatch(inhibition.target()) && target.mustMatch(inhibition.source()))
                    && inhibition.equal().stream().allMatch(label -> mayBeEqual(target, label));
        }

        private boolean mayMatch(List<Matcher> matchers) {
            return matchers.stream().allMatch(matcher -> open.contains(matcher.label()) || matcher.matches(labels));
        }

        private boolean mustMatch(List<Matcher> matchers) {
            return matchers.stream().allMatch(matcher -> !open.contains(matcher.label()) && matcher.matches(labels));
        }

        private boolean mayBeEqual(Fixed target, String label) {
            return open.contains(label)
                    || target.open.contains(label)
                    || labels.getOrDefault(label, "").equals(target.labels.getOrDefault(label, ""));
        }
    }
}
