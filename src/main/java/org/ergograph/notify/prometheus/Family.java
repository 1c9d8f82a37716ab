package org.ergograph.notify.prometheus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ergograph.notify.prometheus.PromQl.Match;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Metric;
import org.ergograph.observation.Metrics;

/**
 * The metrics that say of a kind what the record says of it. Immutable.
 *
 * @param total counts its observations by outcome
 * @param duration how long they took
 * @param failed which of the total are errors
 */
record Family(Kind kind, Metric total, Metric duration, Match failed) {
    private static final Match ERROR = new Match("status", "=", "error");
    private static final String ANY = ".*";

    /** All of them. An administrative act has no metric. */
    static final List<Family> ALL = List.of(
            new Family(Kind.HTTP, Metrics.HTTP_REQUESTS, Metrics.HTTP_DURATION, new Match("status", "=~", "5..")),
            new Family(Kind.DB, Metrics.DB_OPERATIONS, Metrics.DB_DURATION, ERROR),
            new Family(Kind.WORKFLOW, Metrics.WORKFLOW_STEPS, Metrics.WORKFLOW_STEP_DURATION, ERROR),
            new Family(Kind.TOOL, Metrics.TOOL_EXECUTIONS, Metrics.TOOL_DURATION, ERROR),
            new Family(Kind.MCP, Metrics.MCP_REQUESTS, Metrics.MCP_DURATION, ERROR),
            new Family(Kind.EXTERNAL, Metrics.UPSTREAM_CALLS, Metrics.UPSTREAM_CALL_DURATION, ERROR),
            new Family(Kind.METHOD, Metrics.METHOD_CALLS, Metrics.METHOD_DURATION, ERROR));

    /** That of the kind. */
    static Optional<Family> of(Kind kind) {
        return ALL.stream().filter(family -> family.kind == kind).findFirst();
    }

    /** Which labels say the name of a series, in its order. */
    private List<String> naming() {
        return switch (kind) {
            case TOOL, MCP, METHOD -> kind.attributes().subList(0, 1);
            default -> kind.attributes();
        };
    }

    private String separator() {
        return kind == Kind.HTTP || kind == Kind.DB || kind == Kind.ADMIN ? " " : "/";
    }

    /**
     * What selects the series of this name.
     *
     * @param pattern in which a star stands for any text
     * @throws UntranslatableException if a star may stand for what is in two labels
     */
    List<Match> matches(String pattern) {
        if (pattern.equals("*")) {
            return List.of();
        }
        List<String> labels = naming();
        if (labels.size() == 1) {
            return List.of(match(labels.get(0), pattern));
        }
        int end = pattern.indexOf(separator());
        if (end < 0 || (pattern.lastIndexOf('*', end - 1) >= 0 && !pattern.startsWith("*" + separator()))) {
            throw new UntranslatableException("the name " + pattern + " does not say where " + labels.get(0)
                    + " ends and " + labels.get(1) + " begins");
        }
        return Stream.of(
                        match(labels.get(0), pattern.substring(0, end)),
                        match(labels.get(1), pattern.substring(end + separator().length())))
                .filter(match -> !match.value().equals(ANY))
                .toList();
    }

    private static Match match(String label, String pattern) {
        return pattern.indexOf('*') < 0
                ? new Match(label, "=", pattern)
                : new Match(
                        label,
                        "=~",
                        Arrays.stream(pattern.split("\\*", -1))
                                .map(Family::regexQuoted)
                                .collect(Collectors.joining(ANY)));
    }

    private static String regexQuoted(String literal) {
        return literal.replaceAll("[\\\\.+?()\\[\\]{}|^$]", "\\\\$0");
    }

    /**
     * The name, with stars for any text, that these select; {@code *} if they select everything.
     *
     * @throws UntranslatableException if a name cannot say it
     */
    String pattern(List<Match> matches) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Match match : matches) {
            if (!naming().contains(match.label())) {
                throw new UntranslatableException("the label " + match.label() + " of " + total.name()
                        + " is not what a scope can ask for: only " + String.join(", ", naming()));
            }
            if (values.put(match.label(), value(match)) != null) {
                throw new UntranslatableException("the label " + match.label() + " is asked for twice");
            }
        }
        if (values.isEmpty()) {
            return "*";
        }
        List<String> parts = new ArrayList<>();
        naming().forEach(label -> parts.add(values.getOrDefault(label, "*")));
        return String.join(separator(), parts);
    }

    private static final Pattern SIMPLE = Pattern.compile("(?:[^\\\\.+?*()\\[\\]{}|^$]|\\\\[^\\w]|\\.\\*|\\.\\+)*+");

    private static String value(Match match) {
        String value = match.value();
        if (match.operator().equals("=") && value.indexOf('*') < 0) {
            return value;
        }
        if (match.operator().equals("=~") && SIMPLE.matcher(value).matches() && !value.contains("\\*")) {
            return value.replace(".+", ".*").replaceAll("(?<!\\\\)\\.\\*", "*").replaceAll("\\\\(\\W)", "$1");
        }
        throw new UntranslatableException("the matcher " + match + " does not translate: a scope knows equality and *");
    }
}
