package org.ergograph.notify;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.ergograph.alert.Alert;
import org.ergograph.alert.AlertState.Resolved;
import org.ergograph.alert.routing.MessageText;
import org.ergograph.alert.routing.Occasion;
import org.ergograph.notify.delivery.channel.AlertMessage;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.observation.TimeSource;

/** Makes what people are told of alerts. Thread-safe. */
@Singleton
class Messages {
    private final AlertingSettings settings;
    private final NodeIdentity node;
    private final TimeSource time;

    @Inject
    Messages(AlertingSettings settings, NodeIdentity node, TimeSource time) {
        this.settings = settings;
        this.node = node;
        this.time = time;
    }

    AlertMessage of(Alert alert, Occasion occasion, Instant now) {
        boolean isOver = alert.state() instanceof Resolved;
        Instant firedAt = alert.firedAt();
        MessageText text = MessageText.of(alert, occasion, now);
        return new AlertMessage(
                alert.id(),
                alert.rule().id(),
                alert.rule().name(),
                alert.rule().severity(),
                alert.rule().severityWord(),
                isOver,
                firedAt == null ? alert.state().since() : firedAt,
                isOver ? alert.state().since() : null,
                alert.last().metric(),
                alert.last().value(),
                alert.last().threshold(),
                alert.subject().key(),
                alert.labels(),
                text.title(),
                text.text(),
                settings.environment(),
                node.version(),
                node.uptime(time),
                node.name(),
                link(alert));
    }

    private String link(Alert alert) {
        String link = settings.link();
        return link.isEmpty() ? "" : link + (link.endsWith("/") ? "" : "/") + "api/v1/alerts/" + alert.id();
    }
}
