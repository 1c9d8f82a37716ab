package org.ergograph.notify.delivery;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.ergograph.alert.routing.LastTold;
import org.ergograph.alert.routing.Occasion;
import org.ergograph.database.Leases;
import org.ergograph.monitor.MonitoredDbOperation;
import org.ergograph.observation.NodeIdentity;

/**
 * The outbox in the database. Every method is part of the caller's transaction, or one of its own. Messages are begun only by
 * the node that holds the lease.
 */
@Singleton
class NotificationRows {
    /** Who evaluates rules also sends what is in the database. */
    static final String LEASE = "alerting";

    private static final String TABLE = "notification";
    private static final int MAX_CHANNELS = 1_000;
    /** Of each channel. */
    private static final int MAX_WAITING = 1_000;

    private static final int MAX_OPEN = 2_000;
    private static final int MAX_SENT = 5_000;
    /** No group waits longer than this for its next message. */
    private static final Duration MAX_INTERVAL = Duration.ofDays(1);

    private final Leases leases;
    private final String node;

    @PersistenceContext(unitName = "ergograph")
    @SuppressWarnings("NullAway.Init") // injected
    EntityManager entities;

    @Inject
    NotificationRows(Leases leases, NodeIdentity node) {
        this.leases = leases;
        this.node = node.name();
    }

    /** Adds the entries whose ids are not there. */
    @MonitoredDbOperation(operation = "insert", table = TABLE)
    @Transactional
    void add(List<Entry> entries) {
        Set<String> there = there(entries);
        for (Entry entry : entries) {
            if (there.add(entry.id())) {
                entities.persist(new NotificationRow(entry));
            }
        }
        entities.flush();
    }

    private Set<String> there(List<Entry> entries) {
        return entries.isEmpty()
                ? new HashSet<>()
                : new HashSet<>(entities.createQuery(
                                "select n.id from NotificationRow n where n.id in :ids", String.class)
                        .setParameter("ids", entries.stream().map(Entry::id).toList())
                        .getResultList());
    }

    /** Adds what a journal holds, with what became of it; what is there already stays as it is. */
    @MonitoredDbOperation(operation = "insert", table = TABLE)
    @Transactional
    void merge(Spilled spilled) {
        Map<String, Spilled.Said> messages = new HashMap<>();
        for (Spilled.Said said : spilled.messages()) {
            messages.put(said.message().id(), said);
            if (entities.find(MessageRow.class, said.message().id()) == null) {
                entities.persist(new MessageRow(said.message(), said.state(), said.settledAt()));
                said.attempts().forEach(attempt -> entities.persist(new AttemptRow(attempt)));
            }
        }
        Set<String> there = there(spilled.entries());
        for (Entry entry : spilled.entries()) {
            if (there.add(entry.id())) {
                NotificationRow row = new NotificationRow(entry);
                Spilled.Said said = messages.get(spilled.messageOf().getOrDefault(entry.id(), ""));
                if (said != null) {
                    row.belongsTo(said.message().id(), said.state(), said.settledAt());
                }
                entities.persist(row);
            }
        }
        entities.flush();
    }

    /** What waits to be sent: of each channel the oldest, so that none that is stuck hides the others. */
    @MonitoredDbOperation(operation = "select", table = TABLE)
    @Transactional
    Backlog backlog(Instant now) {
        List<Waiting> waiting = new ArrayList<>();
        Map<String, Instant> lastSent = new HashMap<>();
        for (String channel : waitingChannels()) {
            waiting.addAll(waiting(channel));
            lastSent(channel, now, lastSent);
        }
        List<Open> open = new ArrayList<>();
        channels(
                        "select distinct m.channel from MessageRow m where m.state in ('waiting', 'sending') order by m.channel")
                .forEach(channel -> open.addAll(open(channel)));
        return new Backlog(waiting, open, lastSent);
    }

    private List<String> waitingChannels() {
        return channels("select distinct n.channel from NotificationRow n"
                + " where n.state = 'waiting' and n.message is null order by n.channel");
    }

    private List<String> channels(String query) {
        return entities.createQuery(query, String.class)
                .setMaxResults(MAX_CHANNELS)
                .getResultList();
    }

    private List<Waiting> waiting(String channel) {
        return entities.createQuery(
                        "select n.id, n.channel, n.groupKey, n.occasion, n.madeAt from NotificationRow n"
                                + " where n.state = 'waiting' and n.channel = :channel and n.message is null"
                                + " order by n.madeAt, n.id",
                        Object[].class)
                .setParameter("channel", channel)
                .setMaxResults(MAX_WAITING)
                .getResultStream()
                .map(row -> new Waiting(
                        (String) row[0],
                        (String) row[1],
                        (String) row[2],
                        row[3].equals(Occasion.ESCALATED.name()),
                        Moments.instant(row[4])))
                .toList();
    }

    private List<Open> open(String channel) {
        return entities.createQuery(
                        "select m from MessageRow m where m.state in ('waiting', 'sending') and m.channel = :channel"
                                + " order by m.id",
                        MessageRow.class)
                .setParameter("channel", channel)
                .setMaxResults(MAX_OPEN)
                .getResultStream()
                .map(MessageRow::open)
                .toList();
    }

    private void lastSent(String channel, Instant now, Map<String, Instant> last) {
        entities.createQuery(
                        "select m from MessageRow m where m.state = 'sent' and m.channel = :channel"
                                + " and m.settledAt > :since order by m.settledAt desc",
                        MessageRow.class)
                .setParameter("channel", channel)
                .setParameter("since", NotificationRow.moment(now.minus(MAX_INTERVAL)))
                .setMaxResults(MAX_SENT)
                .getResultStream()
                .forEach(row -> {
                    Instant settled = row.settledAt();
                    if (settled != null) {
                        last.putIfAbsent(row.group(), settled);
                    }
                });
    }

    /**
     * Gives up what has waited for too long without ever getting into a message. Does nothing unless this node holds the lease.
     *
     * @param oldest of a channel: what was made before is given up
     * @return how many, by channel
     */
    @MonitoredDbOperation(operation = "update", table = TABLE)
    @Transactional
    Map<String, Integer> giveUp(Function<String, Instant> oldest, Instant now) {
        Map<String, Integer> given = new TreeMap<>();
        if (!leases.hold(entities, LEASE)) {
            return given;
        }
        for (String channel : waitingChannels()) {
            int count = entities.createQuery("update NotificationRow n set n.state = 'dead', n.settledAt = :now"
                            + " where n.state = 'waiting' and n.channel = :channel and n.message is null"
                            + " and n.madeAt < :before")
                    .setParameter("now", NotificationRow.moment(now))
                    .setParameter("channel", channel)
                    .setParameter("before", NotificationRow.moment(oldest.apply(channel)))
                    .executeUpdate();
            if (count > 0) {
                given.put(channel, count);
            }
        }
        return given;
    }

    /** Messages that this node was sending when it ended may be sent again at once. */
    @MonitoredDbOperation(operation = "update", table = TABLE)
    @Transactional
    void takeBack(Instant now) {
        entities.createQuery(
                        "select m from MessageRow m, AttemptRow a where m.state = 'sending' and a.message = m.id"
                                + " and a.number = m.attempts and a.node = :node",
                        MessageRow.class)
                .setParameter("node", node)
                .getResultList()
                .forEach(message -> message.abandoned(now));
    }

    /** As {@link Queue#begin}. */
    @MonitoredDbOperation(operation = "update", table = TABLE)
    @Transactional
    Optional<Begun> begin(Pick pick, String freshId, Instant now, Instant until) {
        if (!leases.hold(entities, LEASE)) {
            return Optional.empty();
        }
        MessageRow row;
        if (pick instanceof Pick.Again again) {
            row = entities.find(MessageRow.class, again.message().id());
            if (row == null || row.attempts() != again.message().attempts() || settled(row)) {
                return Optional.empty();
            }
            AttemptRow before = entities.find(AttemptRow.class, AttemptRow.key(row.id(), row.attempts()));
            if (before != null && before.attempt().result().equals(Attempt.SENDING)) {
                before.change(null, Attempt.UNKNOWN, "nobody can tell whether it arrived");
            }
        } else {
            Pick.Fresh fresh = (Pick.Fresh) pick;
            row = new MessageRow(
                    new Open(freshId, fresh.channel(), fresh.groupKey(), 0, true, now, until), Ended.SENDING, null);
            entities.persist(row);
            int taken = entities.createQuery("update NotificationRow n set n.message = :message"
                            + " where n.id in :ids and n.state = 'waiting' and n.message is null")
                    .setParameter("message", freshId)
                    .setParameter("ids", fresh.entries())
                    .executeUpdate();
            if (taken == 0) {
                entities.remove(row);
                return Optional.empty();
            }
        }
        row.begin(until);
        entities.persist(new AttemptRow(new Attempt(row.id(), row.attempts(), node, now, null, Attempt.SENDING, "")));
        mark(row.id(), Ended.SENDING, null);
        entities.flush();
        List<Entry> entries =
                rows(row.id()).stream().map(NotificationRow::entry).toList();
        return entries.isEmpty() ? Optional.empty() : Optional.of(new Begun(row.open(), row.attempts(), entries));
    }

    private static boolean settled(MessageRow row) {
        return row.state().equals(Ended.SENT) || row.state().equals(Ended.DEAD);
    }

    private void mark(String message, String state, @org.jspecify.annotations.Nullable Instant settled) {
        entities.createQuery(
                        "update NotificationRow n set n.state = :state, n.settledAt = :at where n.message = :message")
                .setParameter("state", state)
                .setParameter("at", settled == null ? null : NotificationRow.moment(settled))
                .setParameter("message", message)
                .executeUpdate();
    }

    private List<NotificationRow> rows(String message) {
        return entities.createQuery(
                        "select n from NotificationRow n where n.message = :message order by n.madeAt, n.id",
                        NotificationRow.class)
                .setParameter("message", message)
                .getResultList();
    }

    /** As {@link Queue#end}. What was sent was sent, even if another node has taken the message over meanwhile. */
    @MonitoredDbOperation(operation = "update", table = TABLE)
    @Transactional
    void end(Begun begun, Ended ended) {
        AttemptRow attempt =
                entities.find(AttemptRow.class, AttemptRow.key(begun.message().id(), begun.attempt()));
        if (attempt != null) {
            attempt.change(ended.at(), ended.result(), ended.detail());
        }
        MessageRow row = entities.find(MessageRow.class, begun.message().id());
        if (row == null || settled(row)) {
            return;
        }
        if (row.attempts() == begun.attempt() || ended.state().equals(Ended.SENT)) {
            row.end(ended);
            mark(row.id(), ended.state(), ended.state().equals(Ended.WAITING) ? null : ended.at());
        }
    }

    /** As {@link Outbox#lastTold}. */
    @MonitoredDbOperation(operation = "select", table = TABLE)
    @Transactional
    Map<String, Map<String, LastTold>> lastTold(Collection<String> alertIds) {
        Map<String, Map<String, LastTold>> told = new HashMap<>();
        if (alertIds.isEmpty()) {
            return told;
        }
        entities.createQuery(
                        "select n.alertId, n.channel, n.occasion, n.madeAt from NotificationRow n"
                                + " where n.alertId in :ids order by n.madeAt, n.id",
                        Object[].class)
                .setParameter("ids", alertIds)
                .getResultStream()
                .forEach(row -> Moments.tell(
                        told,
                        (String) row[0],
                        (String) row[1],
                        Occasion.valueOf((String) row[2]),
                        Moments.instant(row[3])));
        return told;
    }

    /**
     * Removes what was settled before, except of alerts that are not over: what was told of those decides what is told next.
     */
    @MonitoredDbOperation(operation = "delete", table = TABLE)
    @Transactional
    void forget(Instant before) {
        for (String query : List.of(
                "delete from notification where settled_at < ?1 and not exists"
                        + " (select 1 from alert a where a.id = notification.alert_id and a.closed_at is null)",
                "delete from notification_message where settled_at < ?1 and not exists"
                        + " (select 1 from notification n where n.message = notification_message.id)",
                "delete from notification_attempt where began_at < ?1 and not exists"
                        + " (select 1 from notification_message m where m.id = notification_attempt.message)")) {
            entities.createNativeQuery(query)
                    .setParameter(1, NotificationRow.moment(before))
                    .executeUpdate();
        }
    }
}
