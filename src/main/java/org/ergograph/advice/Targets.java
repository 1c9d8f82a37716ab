package org.ergograph.advice;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Series;
import org.jspecify.annotations.Nullable;

/** Finds what a client names among what there is, and says what comes near if there is no such thing. */
final class Targets {
    private static final int MAX_NEAR = 5;
    private static final int MAX_SHOWN = 80;

    /** What a client named that there is not; the message is for it. */
    static final class UnknownTarget extends RuntimeException {
        UnknownTarget(String message) {
            super(message, null, false, false);
        }
    }

    private final List<Series> known;
    private final List<String> tools;

    /**
     * @param known what was ever observed
     * @param tools the names of those that are offered, called yet or not
     */
    Targets(Collection<Series> known, List<String> tools) {
        this.known = List.copyOf(known);
        this.tools = tools;
    }

    /** @throws UnknownTarget if there is no such target, or the scope has or needs none */
    Target find(String scope, @Nullable String target) {
        return switch (scope) {
            case "automation" -> automation(target);
            case "macro" -> macro(target);
            case "specific" -> specific(target);
            default -> {
                if (target != null) {
                    throw new UnknownTarget("target_id is '" + shown(target)
                            + "': must be left out with monitoring_scope system; use specific for one series");
                }
                yield new Target(Kind.HTTP, null, null, "all HTTP requests");
            }
        };
    }

    private Target automation(@Nullable String target) {
        if (target == null) {
            return new Target(Kind.WORKFLOW, null, Kind.RUN, "all workflow runs");
        }
        List<String> workflows = known.stream()
                .filter(series -> series.kind() == Kind.WORKFLOW)
                .map(series -> series.value(0))
                .distinct()
                .toList();
        if (!workflows.contains(target)) {
            throw unknown("workflow", target, workflows);
        }
        return new Target(Kind.WORKFLOW, target + "/" + Kind.RUN, Kind.RUN, "runs of the workflow " + target);
    }

    private Target macro(@Nullable String target) {
        if (target == null) {
            return new Target(Kind.TOOL, null, null, "all calls of tools");
        }
        List<String> names = Stream.concat(
                        tools.stream(),
                        known.stream()
                                .filter(series -> series.kind() == Kind.TOOL)
                                .map(Series::name))
                .distinct()
                .toList();
        if (!names.contains(target)) {
            throw unknown("tool", target, names);
        }
        return new Target(Kind.TOOL, target, null, "calls of the tool " + target);
    }

    private Target specific(@Nullable String target) {
        if (target == null) {
            throw new UnknownTarget("target_id is missing: must name a series with monitoring_scope specific, as"
                    + " kind:name or name; " + near("", labels()));
        }
        int colon = target.indexOf(':');
        Optional<Kind> kind = colon < 0 ? Optional.empty() : Kind.parse(target.substring(0, colon));
        String name = kind.isPresent() ? target.substring(colon + 1) : target;
        List<Kind> kinds = Stream.concat(
                        known.stream()
                                .filter(series -> series.name().equals(name))
                                .map(Series::kind),
                        tools.contains(name) ? Stream.of(Kind.TOOL) : Stream.empty())
                .filter(found -> kind.isEmpty() || found == kind.get())
                .distinct()
                .toList();
        if (kinds.isEmpty()) {
            throw unknown("series", target, labels());
        }
        if (kinds.size() > 1) {
            throw new UnknownTarget("target_id is '" + shown(target)
                    + "', which there is more than once: must be one of "
                    + String.join(
                            ", ",
                            kinds.stream()
                                    .map(each -> each.label() + ":" + name)
                                    .toList()));
        }
        return new Target(kinds.get(0), name, null, kinds.get(0).label() + " " + name);
    }

    private List<String> labels() {
        return Stream.concat(
                        known.stream().map(series -> series.kind().label() + ":" + series.name()),
                        tools.stream().map(tool -> Kind.TOOL.label() + ":" + tool))
                .distinct()
                .toList();
    }

    private static UnknownTarget unknown(String what, String target, List<String> names) {
        return new UnknownTarget(
                "target_id is '" + shown(target) + "': there is no such " + what + "; " + near(target, names));
    }

    private static String near(String target, List<String> names) {
        if (names.isEmpty()) {
            return "nothing of the kind has been recorded yet";
        }
        String wanted = target.toLowerCase(Locale.ROOT);
        List<String> nearest = names.stream()
                .sorted(Comparator.comparingInt((String name) -> distance(wanted, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MAX_NEAR)
                .toList();
        return (nearest.size() < names.size() ? "near it: " : "there is: ") + String.join(", ", nearest);
    }

    /** How many characters have to be added, taken away or changed; few if one is in the other. */
    static int distance(String wanted, String name) {
        if (name.contains(wanted) || wanted.contains(name)) {
            return 0;
        }
        String from = wanted.substring(0, Math.min(wanted.length(), MAX_SHOWN));
        String to = name.substring(0, Math.min(name.length(), MAX_SHOWN));
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }

    private static String shown(String target) {
        String start = target.length() > MAX_SHOWN ? target.substring(0, MAX_SHOWN) + "..." : target;
        return start.replaceAll("\\p{Cntrl}|\\p{Cf}", "_");
    }
}
