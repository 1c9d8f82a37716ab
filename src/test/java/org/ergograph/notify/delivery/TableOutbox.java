package org.ergograph.notify.delivery;

import jakarta.persistence.EntityManager;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ergograph.alert.routing.ChannelPolicy;
import org.ergograph.alert.routing.LastTold;
import org.ergograph.alert.routing.Occasion;
import org.ergograph.database.DatabaseState;
import org.ergograph.database.Leases;
import org.ergograph.history.journal.JournalFiles;
import org.ergograph.notify.delivery.channel.Channel;
import org.ergograph.notify.delivery.channel.Target;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.observation.NotingRecorder;
import org.h2.jdbcx.JdbcDataSource;

/** An outbox that is its table and nothing else: what is in it is never sent. What is spilled is kept in memory. */
public final class TableOutbox extends Outbox {
    private static final NodeIdentity NODE = new NodeIdentity("node", "1", 0);

    private final EntityManager entities;
    private final List<Entry> spilled = new ArrayList<>();

    public TableOutbox(EntityManager entities) {
        super(
                new NotificationRows(new Leases(new JdbcDataSource(), NODE), NODE),
                new OutboxJournal(
                        JournalFiles.in(Path.of("unused")), NODE, new NotingRecorder(), DeliveryCounts.unpublished()),
                () -> {});
        this.entities = entities;
    }

    @Override
    public void add(List<Entry> entries) {
        for (Entry entry : entries) {
            OffsetDateTime madeAt = entry.madeAt().atOffset(ZoneOffset.UTC);
            entities.createNativeQuery(
                            "insert into notification (id, alert_id, channel, occasion, group_key, made_at, reason,"
                                    + " content, state) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'waiting')")
                    .setParameter(1, entry.id())
                    .setParameter(2, entry.alertId())
                    .setParameter(3, entry.channel())
                    .setParameter(4, entry.occasion().word())
                    .setParameter(5, entry.groupKey())
                    .setParameter(6, madeAt)
                    .setParameter(7, entry.reason())
                    .setParameter(8, entry.content().text())
                    .executeUpdate();
        }
    }

    @Override
    public void spill(List<Entry> entries) {
        spilled.addAll(entries);
    }

    /** What was spilled, in order. */
    public List<Entry> spilled() {
        return spilled;
    }

    @Override
    @SuppressWarnings("unchecked")
    public Map<String, Map<String, LastTold>> lastTold(Collection<String> alertIds) {
        Map<String, Map<String, LastTold>> told = new HashMap<>();
        List<Object[]> rows = entities.createNativeQuery(
                        "select alert_id, channel, occasion, made_at from notification order by id")
                .getResultList();
        for (Object[] row : rows) {
            note(
                    told,
                    (String) row[0],
                    (String) row[1],
                    Occasion.valueOf(((String) row[2]).toUpperCase(Locale.ROOT)),
                    moment(row[3]));
        }
        lastSpilled(alertIds)
                .forEach((alert, byChannel) ->
                        byChannel.forEach((channel, last) -> told.computeIfAbsent(alert, id -> new HashMap<>())
                                .merge(channel, last, (before, after) -> before.then(after.occasion(), after.at()))));
        told.keySet().retainAll(alertIds);
        return told;
    }

    /** The two databases answer in different types. */
    private static Instant moment(Object value) {
        return value instanceof Timestamp timestamp ? timestamp.toInstant() : ((OffsetDateTime) value).toInstant();
    }

    private static void note(
            Map<String, Map<String, LastTold>> told, String alert, String channel, Occasion occasion, Instant at) {
        told.computeIfAbsent(alert, id -> new HashMap<>())
                .merge(channel, LastTold.of(occasion, at), (before, after) -> before.then(occasion, at));
    }

    @Override
    public Map<String, Map<String, LastTold>> lastSpilled(Collection<String> alertIds) {
        Map<String, Map<String, LastTold>> told = new HashMap<>();
        spilled.forEach(entry -> note(told, entry.alertId(), entry.channel(), entry.occasion(), entry.madeAt()));
        return told;
    }

    /** The log, and a channel called ops. */
    public static Channels channels() {
        Channels channels = new Channels(new ChannelRows(), new DatabaseState(), new NotingRecorder()) {
            @Override
            public synchronized void refresh() {
                // there are no others
            }
        };
        channels.set(List.of(
                new Channel(ChannelPolicy.of("ops"), new Target.Slack("https://x.example/", Duration.ofSeconds(30)))));
        return channels;
    }
}
