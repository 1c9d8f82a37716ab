package org.ergograph.notify.delivery.channel;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.ergograph.alert.condition.Subject;
import org.ergograph.alert.routing.Batch;
import org.ergograph.alert.routing.ChannelPolicy;
import org.ergograph.web.JsonText;

/** Alerts as Prometheus' Alertmanager has them: what it takes (API version 2), and what it sends (webhook version 4). Pure. */
final class AlertmanagerBody {
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^A-Za-z0-9_]");
    /** What Alertmanager writes where there is no end yet. */
    private static final String NO_END = "0001-01-01T00:00:00Z";

    private AlertmanagerBody() {}

    /**
     * What is sent to {@code POST /api/v2/alerts}.
     *
     * @param holds how long an alert that fires is taken to fire unless it is sent again
     */
    static JsonArray posted(List<AlertMessage> alerts, Instant now, Duration holds) {
        JsonArrayBuilder array = JsonText.array();
        for (AlertMessage alert : alerts) {
            Instant end = alert.endsAt();
            // An end that has not come is no end to Alertmanager.
            Instant endsAt = !alert.resolved() ? now.plus(holds) : end == null || end.isAfter(now) ? now : end;
            JsonObjectBuilder json = JsonText.object()
                    .add("labels", object(labels(alert)))
                    .add("annotations", object(annotations(alert)))
                    .add("startsAt", alert.startsAt().toString())
                    .add("endsAt", endsAt.toString());
            if (!alert.link().isEmpty()) {
                json.add("generatorURL", alert.link());
            }
            array.add(json);
        }
        return array.build();
    }

    /** What Alertmanager would send to a webhook that groups as this channel does. */
    static JsonObject webhook(ChannelPolicy channel, Message message) {
        Batch<AlertMessage> batch = message.listed();
        JsonArrayBuilder alerts = JsonText.array();
        for (AlertMessage alert : batch.listed()) {
            Map<String, String> labels = labels(alert);
            alerts.add(JsonText.object()
                    .add("status", alert.status())
                    .add("labels", object(labels))
                    .add("annotations", object(annotations(alert)))
                    .add("startsAt", alert.startsAt().toString())
                    .add(
                            "endsAt",
                            alert.endsAt() == null ? NO_END : alert.endsAt().toString())
                    .add("generatorURL", alert.link())
                    .add("fingerprint", fingerprint(labels)));
        }
        Map<String, String> sharedLabels = new TreeMap<>(labels(message.first()));
        Map<String, String> sharedAnnotations = new TreeMap<>(annotations(message.first()));
        for (AlertMessage alert : batch.listed()) {
            sharedLabels.entrySet().retainAll(labels(alert).entrySet());
            sharedAnnotations.entrySet().retainAll(annotations(alert).entrySet());
        }
        Map<String, String> groupLabels = groupLabels(channel, sharedLabels);
        return JsonText.object()
                .add("receiver", channel.name())
                .add("status", message.resolved() ? "resolved" : "firing")
                .add("alerts", alerts)
                .add("groupLabels", object(groupLabels))
                .add("commonLabels", object(sharedLabels))
                .add("commonAnnotations", object(sharedAnnotations))
                .add("externalURL", message.first().link())
                .add("version", "4")
                .add("groupKey", "{}:" + new Subject(groupLabels))
                .add("truncatedAlerts", batch.more())
                .build();
    }

    /** Those that it groups by and that there are; of a channel that does not group all, as if it grouped by each. */
    private static Map<String, String> groupLabels(ChannelPolicy channel, Map<String, String> shared) {
        Map<String, String> labels = new TreeMap<>(shared);
        if (channel.grouped()) {
            labels.keySet()
                    .retainAll(channel.groupBy().stream()
                            .map(AlertmanagerBody::name)
                            .toList());
        }
        return labels;
    }

    /** With names that every Alertmanager takes; empty values mean no label there, and so are left out. */
    static Map<String, String> labels(AlertMessage alert) {
        Map<String, String> labels = new TreeMap<>();
        alert.labels().forEach((name, value) -> {
            if (!value.isEmpty() && !name.isEmpty()) {
                labels.put(name(name), Texts.line(value, 1000));
            }
        });
        labels.putIfAbsent("alertname", alert.rule());
        labels.putIfAbsent("severity", alert.severity().word());
        return labels;
    }

    private static String name(String text) {
        String name = NOT_IN_NAMES.matcher(text).replaceAll("_");
        return Character.isDigit(name.charAt(0)) ? "_" + name : name;
    }

    private static Map<String, String> annotations(AlertMessage alert) {
        Map<String, String> annotations = new TreeMap<>();
        put(annotations, "summary", alert.title());
        put(annotations, "description", alert.text());
        put(annotations, "alert_id", alert.alertId());
        put(annotations, "metric", alert.metric());
        put(annotations, "value", Texts.number(alert.value()));
        put(annotations, "threshold", Texts.number(alert.threshold()));
        put(annotations, "environment", alert.environment());
        put(annotations, "version", alert.version());
        put(annotations, "node", alert.node());
        put(annotations, "uptime", alert.uptime().toString());
        return annotations;
    }

    private static void put(Map<String, String> annotations, String name, String value) {
        if (!value.isEmpty()) {
            annotations.put(name, Texts.line(value, 2000));
        }
    }

    private static JsonObjectBuilder object(Map<String, String> texts) {
        JsonObjectBuilder json = JsonText.object();
        texts.forEach(json::add);
        return json;
    }

    /** The same for the same labels; Alertmanager's own are of another hash, of the same length. */
    private static String fingerprint(Map<String, String> labels) {
        StringBuilder text = new StringBuilder();
        for (Iterator<Map.Entry<String, String>> all = labels.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<String, String> label = all.next();
            text.append(label.getKey()).append('\0').append(label.getValue()).append('\0');
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
