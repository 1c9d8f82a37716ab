package org.ergograph.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.ergograph.alert.Rule;
import org.ergograph.alert.condition.Evaluation;
import org.ergograph.alert.condition.FactsSource;
import org.ergograph.alert.condition.Finding;
import org.ergograph.alert.condition.Query;
import org.ergograph.alert.condition.Subject;
import org.ergograph.alert.condition.Verdict;
import org.ergograph.alert.condition.Verdict.Outcome;
import org.ergograph.history.query.RecordedGroups;
import org.ergograph.notify.delivery.Channels;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the rules again and again: which are due, what they find, whom to tell. What one moment came to takes effect by
 * {@link #done}, once it could be written. Not thread-safe.
 */
final class Cycle {
    private static final System.Logger LOG = System.getLogger(Cycle.class.getName());

    private final Channels channels;
    private final Messages messages;
    private final Supplier<String> ids;
    private final String node;
    private final EvaluationCounts counts;
    private final Map<String, Long> due = new HashMap<>();
    private final Map<String, Long> nextDue = new HashMap<>();
    private final Set<String> evaluated = new HashSet<>();
    private final Set<String> failing = new HashSet<>();
    private final long epochNanos;
    private Telling telling;
    private Book book = new Book();

    /** @param nanos now on the monotonic clock: periods are counted from it, so that rules of one period are due together */
    Cycle(
            Channels channels,
            Messages messages,
            Supplier<String> ids,
            String node,
            EvaluationCounts counts,
            long nanos) {
        this.channels = channels;
        this.messages = messages;
        this.ids = ids;
        this.node = node;
        this.counts = counts;
        this.epochNanos = nanos;
        this.telling = new Telling(channels, messages);
    }

    Book book() {
        return book;
    }

    /** Goes on with what this book says; everything is evaluated at once. */
    void begin(Book begun) {
        due.clear();
        evaluated.clear();
        resume(begun);
    }

    /** Goes on with what this book says, in the same rhythm. */
    void resume(Book read) {
        book = read;
        nextDue.clear();
        telling = new Telling(channels, messages);
    }

    /**
     * What this moment comes to; nothing takes effect yet.
     *
     * @param said open alerts of which people said something, as they are in the database now
     */
    Round next(FactsSource facts, Known known, List<AlertRow> said, Instant now, long nanos) {
        Round round = new Round(book.copy(), new Story(ids, node, now), now, nanos);
        nextDue.clear();
        hear(round, said);
        endOrphans(round, known);
        evaluate(round, facts, known, nanos);
        boolean settled = known.rules().values().stream()
                .filter(Rule::enabled)
                .allMatch(rule -> evaluated.contains(rule.id()) || nextDue.containsKey(rule.id()));
        telling.decide(round, known.silences(), known.allInhibitions(), settled);
        round.book().forget(now);
        return round;
    }

    private static void hear(Round round, List<AlertRow> said) {
        Map<String, AlertRow> rows = new HashMap<>();
        said.forEach(row -> rows.put(row.id, row));
        for (Tracked known : List.copyOf(round.book().tracked())) {
            AlertRow row = rows.get(known.alert().id());
            if (row != null) {
                round.said(known, row.hand, row.acknowledgement(), row.resolvedBy);
            }
        }
    }

    private static void endOrphans(Round round, Known known) {
        Map<String, Rule> before = new HashMap<>();
        round.book()
                .tracked()
                .forEach(each ->
                        before.put(each.alert().rule().id(), each.alert().rule()));
        before.forEach((id, rule) -> {
            Rule now = known.rules().get(id);
            if (now == null) {
                round.ended(id, "its rule was deleted");
            } else if (!now.enabled()) {
                round.ended(id, "its rule was disabled");
            } else if (!asksAlike(now.query(), rule.query())) {
                round.ended(id, "its rule looks at something else now");
            }
        });
    }

    private static boolean asksAlike(Query one, Query other) {
        return one.scope().equals(other.scope()) && one.groupBy().equals(other.groupBy());
    }

    private void evaluate(Round round, FactsSource facts, Known known, long nanos) {
        Evaluation evaluation = new Evaluation(facts);
        due.keySet().retainAll(known.rules().keySet());
        evaluated.retainAll(known.rules().keySet());
        long latest = 0;
        for (Rule rule : known.rules().values()) {
            long at = due.getOrDefault(rule.id(), nanos);
            if (rule.enabled() && at <= nanos) {
                latest = Math.max(latest, nanos - at);
                round.evaluated(rule, find(evaluation, rule, subjects(round.book(), rule)));
                long period = rule.timing().evaluationPeriod().toNanos();
                nextDue.put(rule.id(), epochNanos + ((nanos - epochNanos) / period + 1) * period);
            }
        }
        if (!nextDue.isEmpty()) {
            counts.lag(Duration.ofNanos(latest));
        }
    }

    private static List<Subject> subjects(Book book, Rule rule) {
        List<Subject> subjects = new ArrayList<>();
        for (Tracked each : book.tracked()) {
            if (each.alert().rule().id().equals(rule.id())) {
                subjects.add(each.alert().subject());
            }
        }
        return subjects;
    }

    private List<Finding> find(Evaluation evaluation, Rule rule, List<Subject> known) {
        List<Finding> findings;
        try {
            findings = evaluation.evaluate(rule.query(), known);
        } catch (RecordedGroups.UnreadableException e) {
            throw e; // not the rule's fault
        } catch (RuntimeException | StackOverflowError e) {
            // One rule must not stop the others.
            Verdict failed = Verdict.without(Outcome.ERROR, "it could not be evaluated: " + e);
            findings =
                    known.stream().map(subject -> new Finding(subject, failed)).toList();
            note(rule, true, failed.reason(), e);
            counts.failed();
            return findings;
        }
        boolean isFailed = findings.stream().anyMatch(each -> each.verdict().outcome() == Outcome.ERROR);
        note(rule, isFailed, "some of its subjects could not be evaluated", null);
        if (isFailed) {
            counts.failed();
        } else {
            counts.succeeded();
        }
        return findings;
    }

    private void note(Rule rule, boolean isFailed, String reason, @Nullable Throwable failure) {
        if (isFailed && failing.add(rule.id())) {
            LOG.log(System.Logger.Level.WARNING, "alerting: rule " + rule.name() + ": " + reason, failure);
        } else if (!isFailed && failing.remove(rule.id())) {
            LOG.log(System.Logger.Level.INFO, "alerting: rule " + rule.name() + " can be evaluated again");
        }
    }

    /** The round was written: it takes effect. */
    void done(Round round) {
        book = round.book();
        due.putAll(nextDue);
        evaluated.addAll(nextDue.keySet());
        nextDue.clear();
    }
}
