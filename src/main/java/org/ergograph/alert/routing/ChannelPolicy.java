package org.ergograph.alert.routing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ergograph.alert.Alert;
import org.ergograph.alert.AlertLabels;
import org.ergograph.alert.Severity;
import org.ergograph.alert.condition.Subject;

/**
 * What is told on a channel, and how often. Immutable.
 *
 * @param name of the channel
 * @param grouped whether alerts that belong together are told in one message
 * @param groupBy the labels that are the same in such a message
 * @param groupWait how long a new group waits for more
 * @param groupInterval the pause between two messages of a group
 * @param repeatInterval after which it is told again that an alert fires
 * @param perAlert the least pause between two messages about the same alert
 * @param perMinute how many messages a minute, at most
 * @param sendResolved whether it is told that an alert is over
 * @param minSeverity what is less is not told
 */
public record ChannelPolicy(
        String name,
        boolean grouped,
        List<String> groupBy,
        Duration groupWait,
        Duration groupInterval,
        Duration repeatInterval,
        Duration perAlert,
        int perMinute,
        boolean sendResolved,
        Severity minSeverity) {
    private static final int MAX_KEY = 350;

    public ChannelPolicy {
        groupBy = List.copyOf(groupBy);
    }

    /** The defaults: grouped by the rule's name, 30 s, 5 min, 4 h; 5 min an alert, 60 messages a minute, everything told. */
    public static ChannelPolicy of(String name) {
        return new ChannelPolicy(
                name,
                true,
                List.of(AlertLabels.NAME),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ofHours(4),
                Duration.ofMinutes(5),
                60,
                true,
                Severity.INFO);
    }

    /**
     * The group that this alert belongs to: its labels in one text, of which at most {@value #MAX_KEY} characters are kept and what
     * tells the rest apart; that of the alert alone if nothing is grouped.
     */
    public String groupKey(Alert alert) {
        if (!grouped) {
            return "alert=" + alert.id();
        }
        Map<String, String> labels = new TreeMap<>();
        groupBy.forEach(label -> labels.put(label, alert.labels().getOrDefault(label, "")));
        String key = new Subject(labels).key();
        return key.length() <= MAX_KEY ? key : key.substring(0, MAX_KEY) + '#' + Integer.toHexString(key.hashCode());
    }
}
