package org.ergograph.notify.delivery.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.ergograph.alert.Severity;

/** Messages to try channels with. */
public final class AlertMessages {
    public static final Instant NOW = Instant.parse("2026-11-20T16:00:00Z");

    private AlertMessages() {}

    public static AlertMessage firing(String id) {
        return of(id, false, "p95 of search is 2.5 (threshold 2)");
    }

    public static AlertMessage resolved(String id) {
        return of(id, true, "p95 of search is 0.5 (threshold 2)");
    }

    static AlertMessage of(String id, boolean resolved, String text) {
        return new AlertMessage(
                id,
                "rule-1",
                "slow_tool",
                Severity.CRITICAL,
                "high",
                resolved,
                NOW.minusSeconds(600),
                resolved ? NOW.minusSeconds(5) : null,
                "p95",
                OptionalDouble.of(2.5),
                OptionalDouble.of(2),
                "tool=\"search\"",
                Map.of("alertname", "slow_tool", "severity", "critical", "tool", "search", "a.b", "c", "id", id),
                "[" + (resolved ? "RESOLVED" : "FIRING") + "] high: slow_tool",
                text,
                "production",
                "1.2.3",
                Duration.ofHours(5),
                "node-1",
                "https://ergograph.example/alerts/" + id);
    }

    static Message message(AlertMessage... alerts) {
        return new Message("message-1", "alertname=\"slow_tool\"", NOW, "", List.of(alerts));
    }
}
