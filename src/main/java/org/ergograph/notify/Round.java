package org.ergograph.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ergograph.alert.Acknowledgement;
import org.ergograph.alert.Alert;
import org.ergograph.alert.AlertLabels;
import org.ergograph.alert.AlertState;
import org.ergograph.alert.AlertState.Inactive;
import org.ergograph.alert.AlertState.Resolved;
import org.ergograph.alert.Lifecycle;
import org.ergograph.alert.OnNoData;
import org.ergograph.alert.Recent;
import org.ergograph.alert.Rule;
import org.ergograph.alert.Transition;
import org.ergograph.alert.condition.Finding;
import org.ergograph.alert.condition.Verdict;
import org.ergograph.alert.condition.Verdict.Outcome;
import org.ergograph.notify.AlertEvent.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What one moment does to the alerts: evaluations, what people said, what hides them. It works on a copy of the book, which takes
 * the place of the book if what changed could be written. Not thread-safe.
 */
final class Round {
    private final Book book;
    private final Story story;
    private final Instant now;
    private final long nanos;
    private final Map<String, Alert> begun = new LinkedHashMap<>();
    private final Map<String, Alert> changed = new LinkedHashMap<>();
    private final Set<String> dropped = new LinkedHashSet<>();

    /**
     * @param book changed at once
     * @param nanos now on the monotonic clock
     */
    Round(Book book, Story story, Instant now, long nanos) {
        this.book = book;
        this.story = story;
        this.now = now;
        this.nanos = nanos;
    }

    Book book() {
        return book;
    }

    Instant now() {
        return now;
    }

    long nanos() {
        return nanos;
    }

    Story story() {
        return story;
    }

    /** Takes what an evaluation of the rule found. */
    void evaluated(Rule rule, Collection<Finding> findings) {
        for (Finding finding : findings) {
            AlertKey key = new AlertKey(rule.id(), finding.subject());
            Optional<Tracked> known = book.tracked(key);
            if (known.filter(book::isLeftToOthers).isPresent()) {
                continue;
            }
            if (known.isPresent() || matters(rule, finding.verdict().outcome())) {
                next(rule, finding, known.orElseGet(() -> fresh(rule, finding)));
            }
        }
    }

    /** Whether it may begin something; most subjects are well. */
    private static boolean matters(Rule rule, Outcome outcome) {
        return outcome == Outcome.MET
                || (outcome == Outcome.NO_DATA && rule.timing().onNoData() == OnNoData.FIRE);
    }

    private Tracked fresh(Rule rule, Finding finding) {
        Rule as = rule.after(finding.verdict());
        Alert alert = new Alert(
                "",
                as,
                finding.subject(),
                AlertLabels.of(as, finding.subject()),
                new Inactive(now),
                Recent.NONE,
                finding.verdict(),
                null,
                null,
                Set.of(),
                Set.of(),
                null);
        return new Tracked(alert, nanos, 0);
    }

    private void next(Rule rule, Finding finding, Tracked known) {
        Alert before = known.alert();
        Transition led = Lifecycle.next(
                before.state(),
                before.recent(),
                rule.timing(),
                finding.verdict(),
                Duration.ofNanos(nanos - known.evaluatedNanos()),
                now);
        Alert after = become(before, severe(before, rule, finding.verdict()), led, finding.verdict());
        if (known.isBegun()) {
            went(known, after, led.reason(), null);
        } else if (led.state().open()) {
            Alert begins = after.withId(story.newId());
            begun.put(begins.id(), begins);
            story.tell(begins, Kind.STATE, null, null, led.reason());
            book.put(new Tracked(begins, nanos, 0));
        } else if (rule.timing().dampening() != null && remembers(led.recent())) {
            book.put(new Tracked(after, nanos, 0));
        } else {
            book.remove(AlertKey.of(after));
        }
    }

    /** The rule with the severity of what it found met last: that it is over, or unknown, makes nothing worse. */
    private static Rule severe(Alert before, Rule rule, Verdict verdict) {
        boolean stays = verdict.outcome() != Outcome.MET
                && before.state().fires()
                && before.rule().version() == rule.version();
        return stays ? before.rule() : rule.after(verdict);
    }

    private static boolean remembers(Recent recent) {
        return recent.found().stream().anyMatch(each -> each.outcome() == Outcome.MET);
    }

    /** An alert that had begun is like this now. */
    private void went(Tracked known, Alert after, String reason, @Nullable String actor) {
        Alert before = known.alert();
        boolean moved = !after.state().getClass().equals(before.state().getClass());
        if (moved) {
            story.tell(after, Kind.STATE, null, actor, reason);
        }
        if (after.state() instanceof Resolved) {
            changed.put(after.id(), after);
            book.remove(AlertKey.of(after));
            book.putOver(after);
        } else if (after.state().open()) {
            if (!after.equals(before)) {
                changed.put(after.id(), after);
            }
            book.put(new Tracked(after, nanos, known.hand()));
        } else {
            // It never fired: nothing is kept of it, and its next episode is another alert.
            dropped.add(after.id());
            Alert inactive = after.withId("");
            if (remembers(after.recent()) && after.rule().timing().dampening() != null) {
                book.put(new Tracked(inactive, nanos, 0));
            } else {
                book.remove(AlertKey.of(after));
            }
        }
    }

    private Alert become(Alert before, Rule rule, Transition led, Verdict verdict) {
        AlertState state = led.state();
        Instant firedAt = before.firedAt() != null ? before.firedAt() : state.fires() ? now : null;
        // What there was to say last stays said: no data and a recovery have no value worth more.
        Verdict last = verdict.value().isEmpty() && before.last().value().isPresent() && state.fires()
                ? new Verdict(
                        verdict.outcome(),
                        before.last().metric(),
                        before.last().value(),
                        before.last().threshold(),
                        verdict.samples(),
                        verdict.reason())
                : verdict;
        return before.with(rule, state, led.recent(), last, firedAt);
    }

    /** Ends what belongs to a rule that is no more, or asks something else now. */
    void ended(Tracked known, String reason) {
        Alert alert = known.alert();
        if (book.isLeftToOthers(known)) {
            return;
        }
        if (known.isBegun()) {
            AlertState end = alert.state().fires() ? new Resolved(now) : new Inactive(now);
            Transition led = new Transition(end, alert.recent(), reason, true);
            went(known, become(alert, alert.rule(), led, alert.last()), reason, null);
        } else {
            book.remove(AlertKey.of(alert));
        }
    }

    /** Takes what people said of an open alert. */
    void said(Tracked known, int hand, @Nullable Acknowledgement acknowledgement, @Nullable String resolvedBy) {
        Alert alert = known.alert();
        Alert after = alert.with(acknowledgement);
        Tracked heard = new Tracked(after, known.evaluatedNanos(), hand);
        book.put(heard);
        Optional<Transition> end = resolvedBy == null
                ? Optional.empty()
                : Lifecycle.resolvedBy(resolvedBy, after.state(), after.recent(), now);
        end.ifPresent(led -> went(heard, become(after, after.rule(), led, after.last()), led.reason(), resolvedBy));
    }

    /** Says which silences and which alerts hold an alert back now; one that is over, too. */
    void hidden(Alert alert, Set<String> silencedBy, Set<String> inhibitedBy) {
        note(alert, alert.silencedBy(), silencedBy, Kind.SILENCED, Kind.UNSILENCED, "silenced by ");
        note(alert, alert.inhibitedBy(), inhibitedBy, Kind.INHIBITED, Kind.UNINHIBITED, "hidden by ");
        if (!alert.silencedBy().equals(silencedBy) || !alert.inhibitedBy().equals(inhibitedBy)) {
            replace(alert.hidden(silencedBy, inhibitedBy));
        }
    }

    private void note(Alert alert, Set<String> before, Set<String> after, Kind begins, Kind ends, String words) {
        if (before.isEmpty() && !after.isEmpty()) {
            story.tell(alert, begins, null, null, words + String.join(", ", after));
        } else if (!before.isEmpty() && after.isEmpty()) {
            story.tell(alert, ends, null, null, "no longer " + words + String.join(", ", before));
        }
    }

    /** Notes when the alert was escalated first. */
    void escalated(Alert alert, String reason) {
        story.tell(alert, Kind.ESCALATED, null, null, reason);
        replace(alert.escalated(now));
    }

    private void replace(Alert alert) {
        if (begun.containsKey(alert.id())) {
            begun.put(alert.id(), alert);
        } else {
            changed.put(alert.id(), alert);
        }
        if (alert.state() instanceof Resolved) {
            book.putOver(alert);
        } else {
            book.tracked(AlertKey.of(alert)).ifPresent(known -> book.put(known.with(alert)));
        }
    }

    /** All that is to be written. */
    Changes changes() {
        List<Alert> fresh = new ArrayList<>();
        begun.forEach((id, alert) -> {
            if (!dropped.contains(id)) {
                fresh.add(changed.getOrDefault(id, alert));
            }
        });
        List<Alert> others = new ArrayList<>();
        changed.forEach((id, alert) -> {
            if (!begun.containsKey(id) && !dropped.contains(id)) {
                others.add(alert);
            }
        });
        List<String> gone =
                dropped.stream().filter(id -> !begun.containsKey(id)).toList();
        return new Changes(fresh, others, gone, story.events(dropped), story.entries());
    }
}
