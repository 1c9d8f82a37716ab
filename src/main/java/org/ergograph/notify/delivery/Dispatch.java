package org.ergograph.notify.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.ergograph.notify.delivery.channel.Channel;
import org.ergograph.notify.delivery.channel.Delivered;
import org.ergograph.notify.delivery.channel.Message;

/**
 * Sends what waits in a queue: one message at a time to each channel, each on its own, so that a channel that hangs or fails
 * delays no other. Thread-safe.
 */
final class Dispatch {
    private static final System.Logger LOG = System.getLogger(Dispatch.class.getName());
    /** Beyond the attempt's own time; then its sender is given up. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private record Unwritten(String channel, Begun begun, Ended ended) {}

    private final Queue queue;
    private final DeliveryParts parts;
    private final Runnable wake;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private final List<Unwritten> unwritten = new CopyOnWriteArrayList<>();

    /** @param wake called when there may be more to do; must be quick */
    Dispatch(Queue queue, DeliveryParts parts, Runnable wake) {
        this.queue = queue;
        this.parts = parts;
        this.wake = wake;
    }

    /** Begins what is due; does not wait for any of it. */
    void run(Backlog backlog) {
        // What was sent and could not be written down keeps its channel, so that it is not sent again.
        for (Unwritten each : List.copyOf(unwritten)) {
            queue.end(each.begun(), each.ended());
            unwritten.remove(each);
            busy.remove(each.channel());
        }
        Instant now = parts.time().now();
        for (String channel : backlog.channels()) {
            if (busy.add(channel)) {
                boolean begun = false;
                try {
                    begun = next(channel, backlog, now);
                } finally {
                    if (!begun) {
                        busy.remove(channel);
                    }
                }
            }
        }
    }

    private boolean next(String name, Backlog backlog, Instant now) {
        Optional<Channel> found = parts.channels().find(name);
        Channel channel = found.orElseGet(() -> Channels.log(name));
        String note = found.isPresent() ? "" : "there is no channel " + name + ": told here instead";
        Optional<Pick> pick =
                backlog.next(name, channel.policy(), channel.target().bulk(), now);
        if (pick.isEmpty()) {
            return false;
        }
        if (!parts.limits()
                .take(channel.name(), channel.policy().perMinute(), parts.time().nanoTime())) {
            if (held.add(name)) {
                parts.counts().count(name, "held");
            }
            return false;
        }
        held.remove(name);
        Instant until = now.plus(channel.target().timeout()).plus(GRACE);
        Optional<Begun> begun = queue.begin(pick.get(), now, until);
        begun.ifPresent(each -> send(name, channel, each, each.content(now, note)));
        return begun.isPresent();
    }

    private void send(String name, Channel channel, Begun begun, Message message) {
        parts.sender()
                .send(channel, message)
                .whenComplete((delivered, failure) -> ended(
                        name,
                        begun,
                        delivered != null
                                ? delivered
                                : new Delivered.Failed("it could not be sent: " + failure, null)));
    }

    private void ended(String name, Begun begun, Delivered delivered) {
        Ended ended = Ended.of(
                begun,
                delivered,
                parts.time().now(),
                parts.settings().giveUp(),
                ThreadLocalRandom.current().nextDouble());
        parts.counts().count(name, ended.state().equals(Ended.SENT) ? "sent" : "failed");
        if (ended.state().equals(Ended.DEAD)) {
            parts.counts().count(name, Ended.DEAD);
            LOG.log(
                    System.Logger.Level.ERROR,
                    "alerts: a message to channel {0} is given up: {1}",
                    name,
                    ended.detail());
        }
        try {
            parts.executor().execute(() -> parts.recorder().internally(() -> write(name, begun, ended)));
        } catch (RejectedExecutionException e) {
            unwritten.add(new Unwritten(name, begun, ended));
        }
    }

    private void write(String name, Begun begun, Ended ended) {
        try {
            queue.end(begun, ended);
            busy.remove(name);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "it cannot be written down yet what became of a message", e);
            unwritten.add(new Unwritten(name, begun, ended));
        }
        wake.run();
    }
}
