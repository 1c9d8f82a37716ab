package org.ergograph.alert;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.ergograph.alert.condition.Subject;
import org.ergograph.alert.condition.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * One alert: one rule and one subject, from its first pending or firing to its end. Immutable.
 *
 * @param id ordered by time
 * @param labels of the subject, of the rule, and {@code alertname} and {@code severity}; the same once it fires
 * @param state where it is in its life
 * @param recent what the last evaluations found, for dampening; empty without
 * @param last what the last evaluation found
 * @param firedAt when it began to fire; null if it has not yet
 * @param acknowledgement null if nobody has
 * @param silencedBy the ids of the silences that hold it back now
 * @param inhibitedBy the ids of the alerts that hide it now
 * @param escalatedAt null if it was not
 */
public record Alert(
        String id,
        Rule rule,
        Subject subject,
        Map<String, String> labels,
        AlertState state,
        Recent recent,
        Verdict last,
        @Nullable Instant firedAt,
        @Nullable Acknowledgement acknowledgement,
        Set<String> silencedBy,
        Set<String> inhibitedBy,
        @Nullable Instant escalatedAt) {
    public Alert {
        labels = Map.copyOf(labels);
        silencedBy = Set.copyOf(silencedBy);
        inhibitedBy = Set.copyOf(inhibitedBy);
    }

    /**
     * The same as a rule, its newest evaluation and what it led to make it. The labels stay those that it began to fire with, by
     * which receivers know it.
     */
    public Alert with(Rule rule, AlertState state, Recent recent, Verdict last, @Nullable Instant firedAt) {
        return new Alert(
                id,
                rule,
                subject,
                this.firedAt == null ? AlertLabels.of(rule, subject) : labels,
                state,
                recent,
                last,
                firedAt,
                acknowledgement,
                silencedBy,
                inhibitedBy,
                escalatedAt);
    }

    /** The same under another id. */
    public Alert withId(String id) {
        return new Alert(
                id,
                rule,
                subject,
                labels,
                state,
                recent,
                last,
                firedAt,
                acknowledgement,
                silencedBy,
                inhibitedBy,
                escalatedAt);
    }

    /** The same, acknowledged or, with null, not. */
    public Alert with(@Nullable Acknowledgement acknowledgement) {
        return new Alert(
                id,
                rule,
                subject,
                labels,
                state,
                recent,
                last,
                firedAt,
                acknowledgement,
                silencedBy,
                inhibitedBy,
                escalatedAt);
    }

    /** The same, held back by these. */
    public Alert hidden(Set<String> silencedBy, Set<String> inhibitedBy) {
        return new Alert(
                id,
                rule,
                subject,
                labels,
                state,
                recent,
                last,
                firedAt,
                acknowledgement,
                silencedBy,
                inhibitedBy,
                escalatedAt);
    }

    /** The same, escalated at this moment. */
    public Alert escalated(Instant at) {
        return new Alert(
                id, rule, subject, labels, state, recent, last, firedAt, acknowledgement, silencedBy, inhibitedBy, at);
    }
}
