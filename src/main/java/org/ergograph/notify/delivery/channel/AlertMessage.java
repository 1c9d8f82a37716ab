package org.ergograph.notify.delivery.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.ergograph.alert.Severity;
import org.jspecify.annotations.Nullable;

/**
 * What people are told of one alert. Immutable.
 *
 * @param alertId the same for every message of one alert
 * @param ruleId of the rule that it is an alert of
 * @param rule the rule's name
 * @param severityWord the word by which the severity was given
 * @param resolved whether it is over
 * @param startsAt when it began to fire
 * @param endsAt when it was over; null as long as it fires
 * @param metric what was compared; empty if nothing was
 * @param value of the metric; empty if there is none
 * @param threshold what it was compared with; empty if there is none
 * @param subject what the alert is about, for people; empty if about all
 * @param labels of the alert, {@code alertname} and {@code severity} among them; the same from its beginning to its end
 * @param title a headline
 * @param text a sentence for people
 * @param environment where it happened, {@code production} say; empty if the operator did not say
 * @param version of this application
 * @param uptime of this application
 * @param node that evaluated it
 * @param link leads to the alert; empty if the operator did not say where this application is
 */
public record AlertMessage(
        String alertId,
        String ruleId,
        String rule,
        Severity severity,
        String severityWord,
        boolean resolved,
        Instant startsAt,
        @Nullable Instant endsAt,
        String metric,
        OptionalDouble value,
        OptionalDouble threshold,
        String subject,
        Map<String, String> labels,
        String title,
        String text,
        String environment,
        String version,
        Duration uptime,
        String node,
        String link) {
    public AlertMessage {
        labels = java.util.Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    /** {@code firing} or {@code resolved}. */
    public String status() {
        return resolved ? "resolved" : "firing";
    }
}
