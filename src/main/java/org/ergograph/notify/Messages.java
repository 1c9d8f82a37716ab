package org.ergograph.notify;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.ergograph.alert.Alert;
import org.ergograph.alert.AlertState.Resolved;
import org.ergograph.alert.Notice;
import org.ergograph.alert.Rule;
import org.ergograph.alert.routing.MessageText;
import org.ergograph.alert.routing.Occasion;
import org.ergograph.notify.delivery.channel.AlertMessage;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.observation.TimeSource;

/** Makes what people are told of alerts. Thread-safe. */
@Singleton
class Messages {
    private static final System.Logger LOG = System.getLogger(Messages.class.getName());

    private final AlertingSettings settings;
    private final NodeIdentity node;
    private final TimeSource time;
    private final Troubles troubles = new Troubles();

    @Inject
    Messages(AlertingSettings settings, NodeIdentity node, TimeSource time) {
        this.settings = settings;
        this.node = node;
        this.time = time;
    }

    /** What is told; in the usual sentence if the rule's own cannot be made, since what fires has to be told. */
    AlertMessage of(Alert alert, Occasion occasion, Instant now) {
        boolean isOver = alert.state() instanceof Resolved;
        Instant firedAt = alert.firedAt();
        MessageText text = text(alert, occasion, now);
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

    private MessageText text(Alert alert, Occasion occasion, Instant now) {
        try {
            return MessageText.of(alert, occasion, now);
        } catch (RuntimeException e) {
            Rule rule = alert.rule();
            if (troubles.isNews(rule.id(), String.valueOf(e.getMessage()), time.nanoTime())) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "alerting: the message template of rule " + rule.name() + " cannot be used: " + e.getMessage());
            }
            Alert plain = alert.with(usual(rule), alert.state(), alert.recent(), alert.last(), alert.firedAt());
            return MessageText.of(plain, occasion, now);
        }
    }

    private static Rule usual(Rule rule) {
        Notice notice = rule.notice();
        return rule.with(new Notice(notice.channels(), "", notice.cooldown(), notice.escalation()));
    }

    private String link(Alert alert) {
        String link = settings.link();
        return link.isEmpty() ? "" : link + (link.endsWith("/") ? "" : "/") + "api/v1/alerts/" + alert.id();
    }
}
