package org.ergograph.notify.delivery;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ergograph.alert.routing.Occasion;
import org.ergograph.database.DatabaseState;
import org.ergograph.database.TimeOrderedIds;
import org.ergograph.notify.delivery.channel.AlertMessage;
import org.ergograph.notify.delivery.channel.Channel;
import org.ergograph.notify.delivery.channel.Delivered;
import org.ergograph.notify.delivery.channel.Message;
import org.ergograph.notify.delivery.channel.Target;
import org.ergograph.observation.Periodic;
import org.ergograph.observation.TimeSource;

/**
 * What has to be said again and again: a watchdog's heartbeat, whose absence says that nobody watches, and to an Alertmanager
 * which alerts fire. Said by the node that speaks for all, and while the database is gone by each. Kept nowhere.
 */
@Singleton
class Heartbeats implements Periodic {
    private static final System.Logger LOG = System.getLogger(Heartbeats.class.getName());
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final int MAX_ALERTS = 500;

    private final FiringRows rows;
    private final OutboxJournal journal;
    private final DatabaseSender database;
    private final DatabaseState state;
    private final DeliveryParts parts;
    private final Trial trial;
    private final StillFiring firing;
    private final TimeSource time;
    private final TimeOrderedIds ids;
    private final Map<String, Map<String, Entry>> known = new HashMap<>();
    private long beatNanos;
    private long toldNanos;
    private boolean missing;

    @Inject
    Heartbeats(
            FiringRows rows,
            OutboxJournal journal,
            DatabaseSender database,
            DatabaseState state,
            DeliveryParts parts,
            Trial trial,
            Instance<StillFiring> firing) {
        this(
                rows,
                journal,
                database,
                state,
                parts,
                trial,
                alerts -> firing.isResolvable() ? firing.get().among(alerts) : Set.copyOf(alerts));
    }

    Heartbeats(
            FiringRows rows,
            OutboxJournal journal,
            DatabaseSender database,
            DatabaseState state,
            DeliveryParts parts,
            Trial trial,
            StillFiring firing) {
        this.rows = rows;
        this.journal = journal;
        this.database = database;
        this.state = state;
        this.parts = parts;
        this.trial = trial;
        this.firing = firing;
        this.time = parts.time();
        this.ids = new TimeOrderedIds(() -> time.now().toEpochMilli());
        this.beatNanos = time.nanoTime() - parts.settings().watchdogInterval().toNanos();
        this.toldNanos = time.nanoTime();
    }

    @Override
    public Duration interval() {
        return TICK;
    }

    @Override
    public boolean whileOff() {
        return true;
    }

    @Override
    public void run() {
        if (!parts.settings().enabled() || !state.ready()) {
            return;
        }
        parts.recorder().internally(() -> {
            beat();
            tellAgain();
        });
    }

    private void beat() {
        String name = parts.settings().watchdogChannel();
        Duration interval = parts.settings().watchdogInterval();
        long now = time.nanoTime();
        if (name.isEmpty() || !parts.channels().read() || now - beatNanos < interval.toNanos()) {
            return;
        }
        beatNanos = now;
        Optional<Channel> found = parts.channels().find(name);
        note(name, found.isEmpty());
        if (speaks()) {
            Message heartbeat =
                    trial.message("Watchdog", "Watchdog", "Alerting works; this message has to come again.");
            // An Alertmanager that is told every ten minutes must not take it to be over after four.
            send(found.orElseGet(() -> Channels.log(name)), heartbeat.holding(interval.multipliedBy(2)));
        }
    }

    private void note(String channel, boolean gone) {
        if (gone && !missing) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "alerts: there is no channel {0} for the watchdog: its heartbeat goes to the log alone",
                    channel);
        } else if (missing && !gone) {
            LOG.log(System.Logger.Level.INFO, "alerts: the watchdog''s channel {0} is there again", channel);
        }
        missing = gone;
    }

    private boolean speaks() {
        return !database.answering() || database.leads();
    }

    private void tellAgain() {
        long now = time.nanoTime();
        List<Channel> alertmanagers = parts.channels().all().stream()
                .filter(channel -> channel.target() instanceof Target.Alertmanager)
                .toList();
        if (now - toldNanos < AGAIN.toNanos()) {
            return;
        }
        toldNanos = now;
        if (alertmanagers.isEmpty() || !speaks()) {
            return;
        }
        for (Channel channel : alertmanagers) {
            List<AlertMessage> alerts = firing(channel.name());
            for (int from = 0; from < alerts.size(); from += MAX_ALERTS) {
                List<AlertMessage> some = alerts.subList(from, Math.min(alerts.size(), from + MAX_ALERTS));
                send(channel, new Message(ids.next(), Backlog.ALL, time.now(), "", some));
            }
        }
    }

    /** What the channel was told of and still fires, as far as this node knows. */
    private List<AlertMessage> firing(String channel) {
        Map<String, Entry> entries = known.computeIfAbsent(channel, name -> new LinkedHashMap<>());
        if (database.answering()) {
            Map<String, Entry> told = rows.told(channel);
            Set<String> still = firing.among(told.keySet());
            entries.clear();
            told.forEach((alert, entry) -> {
                if (still.contains(alert)) {
                    entries.put(alert, entry);
                }
            });
        }
        for (Entry entry : journal.told(channel)) {
            if (entry.occasion() == Occasion.RESOLVED) {
                entries.remove(entry.alertId());
            } else {
                entries.put(entry.alertId(), entry);
            }
        }
        return new ArrayList<>(entries.values().stream().map(Entry::content).toList());
    }

    private void send(Channel channel, Message message) {
        parts.sender().send(channel, message).whenComplete((delivered, failure) -> {
            boolean sent = delivered instanceof Delivered.Sent;
            parts.counts().count(channel.name(), sent ? "sent" : "failed");
            if (!sent) {
                LOG.log(
                        System.Logger.Level.DEBUG,
                        "alerts: what is said again and again did not reach channel {0}: {1}",
                        channel.name(),
                        delivered == null ? String.valueOf(failure) : delivered.detail());
            }
        });
    }
}
