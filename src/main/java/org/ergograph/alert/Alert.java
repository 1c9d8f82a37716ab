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
 * @param labels of the subject, of the rule, and {@code alertname} and {@code severity}
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
}
