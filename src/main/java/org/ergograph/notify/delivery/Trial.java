package org.ergograph.notify.delivery;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CompletionStage;
import org.ergograph.alert.AlertLabels;
import org.ergograph.alert.Severity;
import org.ergograph.database.TimeOrderedIds;
import org.ergograph.notify.delivery.channel.AlertMessage;
import org.ergograph.notify.delivery.channel.Channel;
import org.ergograph.notify.delivery.channel.Delivered;
import org.ergograph.notify.delivery.channel.Message;
import org.ergograph.notify.delivery.channel.Receivers;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.observation.TimeSource;
import org.ergograph.web.JsonText;

/** Messages that no alert is behind: a trial, and the watchdog's heartbeat. Thread-safe. */
@Singleton
class Trial {
    private final Channels.Sender sender;
    private final NodeIdentity node;
    private final TimeSource time;
    private final TimeOrderedIds ids;

    @Inject
    Trial(Receivers receivers, NodeIdentity node, TimeSource time) {
        this(receivers::send, node, time);
    }

    Trial(Channels.Sender sender, NodeIdentity node, TimeSource time) {
        this.sender = sender;
        this.node = node;
        this.time = time;
        this.ids = new TimeOrderedIds(() -> time.now().toEpochMilli());
    }

    /** Sends a message that says that it is none, and answers what the receiver said. Never fails. */
    CompletionStage<JsonObject> test(Channel channel) {
        long start = time.nanoTime();
        return sender.send(
                        channel,
                        message("ErgographTest", "Test of channel " + channel.name(), "Somebody tests this channel."))
                .thenApply(delivered -> JsonText.object()
                        .add("channel", channel.name())
                        .add("delivered", delivered instanceof Delivered.Sent)
                        .add("detail", delivered.detail())
                        .add("durationSeconds", (time.nanoTime() - start) / 1e9)
                        .build());
    }

    Message message(String rule, String title, String text) {
        String id = ids.next();
        Instant now = time.now();
        AlertMessage content = new AlertMessage(
                rule.toLowerCase(java.util.Locale.ROOT),
                rule,
                rule,
                Severity.INFO,
                Severity.INFO.word(),
                false,
                now,
                null,
                "",
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                "",
                Map.of(AlertLabels.NAME, rule, AlertLabels.SEVERITY, Severity.INFO.word(), "node", node.name()),
                title,
                text,
                "",
                node.version(),
                Duration.ofSeconds(node.uptime(time).toSeconds()),
                node.name(),
                "");
        return new Message(id, rule, now, "", List.of(content));
    }
}
