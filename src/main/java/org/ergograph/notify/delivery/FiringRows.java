package org.ergograph.notify.delivery;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ergograph.alert.routing.Occasion;
import org.ergograph.monitor.MonitoredDbOperation;

/** What channels were told and nothing has been told of since, in the database. */
@Singleton
class FiringRows {
    private static final int MAX_ALERTS = 5_000;

    @PersistenceContext(unitName = "ergograph")
    @SuppressWarnings("NullAway.Init") // injected
    EntityManager entities;

    /** By alert, the newest that the channel was sent, unless it was told that the alert is over, or that waits to be told. */
    @MonitoredDbOperation(operation = "select", table = "notification")
    @Transactional
    Map<String, Entry> told(String channel) {
        Map<String, Entry> told = new LinkedHashMap<>();
        entities.createQuery(
                        "select n from NotificationRow n where n.channel = :channel and n.state = 'sent'"
                                + " and n.occasion <> :resolved and not exists (select o.id from NotificationRow o"
                                + " where o.alertId = n.alertId and o.channel = n.channel"
                                + " and (o.madeAt > n.madeAt and o.state = 'sent'"
                                + " or o.occasion = :resolved and o.state <> 'dead')) order by n.id",
                        NotificationRow.class)
                .setParameter("channel", channel)
                .setParameter("resolved", Occasion.RESOLVED.name())
                .setMaxResults(MAX_ALERTS)
                .getResultStream()
                .map(NotificationRow::entry)
                .forEach(entry -> told.put(entry.alertId(), entry));
        return told;
    }
}
