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
import org.ergograph.alert.Alert;
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
 * {@link #done}, once it could be written. What is remembered of subjects that have no alert yet, for dampening, is in memory
 * only: a node that takes over begins to count anew. Not thread-safe.
 */
final class Cycle {
    private static final System.Logger LOG = System.getLogger(Cycle.class.getName());

    /** When a rule is due next; of another version of it this says nothing. */
    private record Due(long version, long nanos) {}

    private record Found(Rule rule, List<Finding> findings) {}

    private final Channels channels;
    private final Messages messages;
    private final Supplier<String> ids;
    private final String node;
    private final EvaluationCounts counts;
    private final Map<String, Due> due = new HashMap<>();
    private final Map<String, Due> nextDue = new HashMap<>();
    private final Set<String> evaluated = new HashSet<>();
    private final Set<String> failing = new HashSet<>();
    private final Troubles troubles = new Troubles();
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
        book = begun;
        renew();
    }

    /** Goes on with what this book says, in the same rhythm, and with what is remembered of subjects without an alert. */
    void resume(Book read) {
        for (Tracked each : book.tracked()) {
            if (!each.isBegun() && read.tracked(AlertKey.of(each.alert())).isEmpty()) {
                read.put(each);
            }
        }
        book = read;
        renew();
    }

    private void renew() {
        nextDue.clear();
        telling = new Telling(channels, messages);
    }

    /**
     * What this moment comes to; nothing takes effect yet.
     *
     * @param said open alerts of which people said something, as they are in the database now
     */
    Round next(FactsSource facts, Known known, List<AlertRow> said, Instant now, long nanos) {
        nextDue.clear();
        Round round = begun(known, said, now, nanos);
        List<Found> found = find(round.book(), facts, known, nanos);
        judge(round, found);
        boolean settled = known.rules().values().stream()
                .filter(Rule::enabled)
                .allMatch(rule -> evaluated.contains(rule.id()) || nextDue.containsKey(rule.id()));
        try {
            telling.decide(
                    round,
                    known.silences(),
                    known.allInhibitions(),
                    settled,
                    (alert, failure) -> trouble("somebody could not be told of it", about(alert), failure, nanos));
        } catch (RuntimeException | StackOverflowError e) {
            // What was found counts all the same; what was told before the failure is told by the next round.
            trouble("nobody could be told of the alerts", "telling", e, nanos);
            round = begun(known, said, now, nanos);
            judge(round, found);
        }
        round.book().forget(now);
        return round;
    }

    private Round begun(Known known, List<AlertRow> said, Instant now, long nanos) {
        Round round = new Round(book.copy(), new Story(ids, node, now), now, nanos);
        hear(round, said);
        endOrphans(round, known);
        return round;
    }

    private void judge(Round round, List<Found> found) {
        for (Found each : found) {
            for (Finding finding : each.findings()) {
                try {
                    round.evaluated(each.rule(), List.of(finding));
                } catch (RuntimeException e) {
                    String subject = finding.subject().key();
                    trouble("a subject could not be judged", each.rule().name() + " " + subject, e, round.nanos());
                }
            }
        }
    }

    private static String about(Alert alert) {
        return alert.rule().name() + " " + alert.subject().key();
    }

    private void trouble(String what, String about, Throwable failure, long nanos) {
        counts.failed();
        if (troubles.isNews(about, what + failure.getClass(), nanos)) {
            LOG.log(System.Logger.Level.WARNING, "alerting: " + about + ": " + what, failure);
        }
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
        said.forEach(row -> round.book().heard(row.id, row.hand));
    }

    private static void endOrphans(Round round, Known known) {
        for (Tracked each : List.copyOf(round.book().tracked())) {
            Rule before = each.alert().rule();
            Rule now = known.rules().get(before.id());
            if (now == null) {
                // A rule that another version of the application wrote is not deleted.
                if (!known.unreadable().contains(before.id())) {
                    round.ended(each, "its rule was deleted");
                }
            } else if (!now.enabled()) {
                round.ended(each, "its rule was disabled");
            } else if (!asksAlike(now.query(), before.query())) {
                round.ended(each, "its rule looks at something else now");
            }
        }
    }

    private static boolean asksAlike(Query one, Query other) {
        return one.scope().equals(other.scope()) && one.groupBy().equals(other.groupBy());
    }

    private List<Found> find(Book begun, FactsSource facts, Known known, long nanos) {
        List<Found> found = new ArrayList<>();
        Evaluation evaluation = new Evaluation(facts);
        due.keySet().retainAll(known.rules().keySet());
        evaluated.retainAll(known.rules().keySet());
        long latest = 0;
        for (Rule rule : known.rules().values()) {
            Due next = due.get(rule.id());
            long at = next == null || next.version() != rule.version() ? nanos : next.nanos();
            if (rule.enabled() && at <= nanos) {
                latest = Math.max(latest, nanos - at);
                found.add(new Found(rule, find(evaluation, rule, subjects(begun, rule))));
                long period = rule.timing().evaluationPeriod().toNanos();
                long again = epochNanos + ((nanos - epochNanos) / period + 1) * period;
                nextDue.put(rule.id(), new Due(rule.version(), again));
            }
        }
        if (!nextDue.isEmpty()) {
            counts.lag(Duration.ofNanos(latest));
        }
        return found;
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
