package org.ergograph.notify.delivery.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.ergograph.alert.routing.Batch;

/**
 * One message to one channel. Immutable.
 *
 * @param id the same for every attempt to send it: by it a receiver can tell that it has it already
 * @param groupKey what its alerts have in common
 * @param at when this attempt begins
 * @param note something else to say, that a channel is missing for instance; empty if nothing
 * @param alerts at least one, each alert once, the worst first
 * @param holds how long an Alertmanager takes them to fire that is not told again
 */
public record Message(String id, String groupKey, Instant at, String note, List<AlertMessage> alerts, Duration holds) {
    /** An Alertmanager is told again well before. */
    private static final Duration HOLDS = Duration.ofMinutes(4);

    private static final Comparator<AlertMessage> WORST_FIRST = Comparator.comparing(AlertMessage::resolved)
            .thenComparing(AlertMessage::severity, Comparator.reverseOrder())
            .thenComparing(AlertMessage::startsAt);

    public Message {
        alerts = alerts.stream().sorted(WORST_FIRST).toList();
    }

    /** One that holds as long as is usual. */
    public Message(String id, String groupKey, Instant at, String note, List<AlertMessage> alerts) {
        this(id, groupKey, at, note, alerts, HOLDS);
    }

    /** The same, holding at least so long. */
    public Message holding(Duration least) {
        return new Message(id, groupKey, at, note, alerts, least.compareTo(holds) > 0 ? least : holds);
    }

    /** Those that are listed where there is little room, and how many more there are. */
    Batch<AlertMessage> listed() {
        return Batch.of(alerts, AlertMessage::alertId, WORST_FIRST);
    }

    /** The worst of its alerts. */
    AlertMessage first() {
        return alerts.get(0);
    }

    boolean resolved() {
        return first().resolved(); // those that fire come first
    }

    /** A headline. */
    String title() {
        return alerts.size() == 1 ? first().title() : first().title() + " and " + (alerts.size() - 1) + " more";
    }
}
