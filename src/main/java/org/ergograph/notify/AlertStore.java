package org.ergograph.notify;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.ergograph.alert.Alert;
import org.ergograph.alert.AlertState.Resolved;
import org.ergograph.database.Leases;
import org.ergograph.monitor.MonitoredDbOperation;
import org.ergograph.notify.delivery.Outbox;

/** Alerts in the database as the node that evaluates reads and writes them. Every method is a transaction of its own. */
@Singleton
class AlertStore {
    /** Which node evaluates. */
    static final String LEASE = "alerting";

    private static final String TABLE = "alert";
    private static final int MOST_OVER = 10_000;
    private static final int MOST_EVENTS = 1_000;
    private static final int FIRST_EVENTS = 20;
    private static final int MOST_TRIMMED = 500;

    @PersistenceContext(unitName = "ergograph")
    @SuppressWarnings("NullAway.Init") // injected
    EntityManager entities;

    private final Leases leases;
    private final Outbox outbox;

    @Inject
    AlertStore(Leases leases, Outbox outbox) {
        this.leases = leases;
        this.outbox = outbox;
    }

    /** The alerts that are open. */
    @MonitoredDbOperation(operation = "select", table = TABLE)
    @Transactional
    List<AlertRow> open() {
        return entities.createQuery(
                        "select a from AlertRow a where a.openKey is not null order by a.id", AlertRow.class)
                .getResultList();
    }

    /** The alerts that fired and are over since this moment, the newest {@value #MOST_OVER} of them. */
    @MonitoredDbOperation(operation = "select", table = TABLE)
    @Transactional
    List<AlertRow> overSince(Instant from) {
        return entities.createQuery(
                        "select a from AlertRow a where a.closedAt >= :from and a.firedAt is not null"
                                + " order by a.id desc",
                        AlertRow.class)
                .setParameter("from", Definition.moment(from))
                .setMaxResults(MOST_OVER)
                .getResultList();
    }

    /**
     * The alerts that were over before this moment, whose end is held back from a channel that was told that they fire; the
     * newest of them, so many at most.
     */
    @MonitoredDbOperation(operation = "select", table = TABLE)
    @Transactional
    List<AlertRow> heldBefore(Instant before, int most) {
        return entities.createQuery(
                        "select a from AlertRow a where a.closedAt < :before and a.firedAt is not null"
                                + " and a.details not like :free and exists (select n.id from NotificationRow n"
                                + " where n.alertId = a.id and upper(n.occasion) <> 'RESOLVED'"
                                + " and not exists (select m.id from NotificationRow m where m.alertId = a.id"
                                + " and m.channel = n.channel and upper(m.occasion) = 'RESOLVED'))"
                                + " order by a.id desc",
                        AlertRow.class)
                .setParameter("before", Definition.moment(before))
                .setParameter("free", "%" + AlertJson.FREE + "%")
                .setMaxResults(most)
                .getResultList();
    }

    /** How much people said of each open alert, by id. */
    @MonitoredDbOperation(operation = "select", table = TABLE)
    @Transactional
    Map<String, Integer> hands() {
        Map<String, Integer> hands = new HashMap<>();
        entities.createQuery("select a.id, a.hand from AlertRow a where a.openKey is not null", Object[].class)
                .getResultList()
                .forEach(row -> hands.put((String) row[0], (Integer) row[1]));
        return hands;
    }

    /** Those of the alerts that fire. */
    @MonitoredDbOperation(operation = "select", table = TABLE)
    @Transactional
    Set<String> firing(List<String> ids) {
        return Set.copyOf(entities.createQuery(
                        "select a.id from AlertRow a where a.id in :ids and a.openKey is not null"
                                + " and a.firedAt is not null",
                        String.class)
                .setParameter("ids", ids)
                .getResultList());
    }

    /** These alerts as they are now. */
    @MonitoredDbOperation(operation = "select", table = TABLE)
    @Transactional
    List<AlertRow> rows(List<String> ids) {
        return entities.createQuery("select a from AlertRow a where a.id in :ids", AlertRow.class)
                .setParameter("ids", ids)
                .getResultList();
    }

    /**
     * Writes what was decided, as long as this node is the one that decides.
     *
     * @return false if it is not, and nothing was written
     */
    @MonitoredDbOperation(operation = "update", table = TABLE)
    @Transactional
    boolean write(Changes changes, Instant now) {
        if (!leases.hold(entities, LEASE)) {
            return false;
        }
        changes.dropped().forEach(this::drop);
        changes.changed().forEach(alert -> update(alert, now));
        changes.begun().forEach(alert -> entities.persist(new AlertRow(alert, now)));
        changes.events().forEach(event -> entities.persist(new EventRow(event)));
        outbox.add(changes.entries());
        entities.flush();
        return true;
    }

    /** Ends alerts of which nothing is known any more but that they are there; nobody is told. */
    @MonitoredDbOperation(operation = "update", table = TABLE)
    @Transactional
    void end(List<String> ids, Instant now) {
        for (String id : ids) {
            entities.createNativeQuery("update alert set state = 'resolved', closed_at = ?1, open_key = null"
                            + " where id = ?2 and open_key is not null")
                    .setParameter(1, Definition.moment(now))
                    .setParameter(2, id)
                    .executeUpdate();
        }
    }

    private void drop(String id) {
        for (String sql : List.of("delete from alert_event where alert_id = ?1", "delete from alert where id = ?1")) {
            entities.createNativeQuery(sql).setParameter(1, id).executeUpdate();
        }
    }

    private void update(Alert alert, Instant now) {
        AlertRow row = new AlertRow(alert, now);
        String fired = row.firedAt == null ? "" : ", fired_at = ?10";
        String closed = row.closedAt == null ? "" : ", closed_at = ?9, open_key = null";
        var update = entities.createNativeQuery(
                        "update alert set rule_name = ?1, severity = ?2, state = ?3, labels = ?4,"
                                + " details = ?5, updated_at = ?6" + fired + closed
                                + " where id = ?7 and (open_key is not null or state = ?8)")
                .setParameter(1, row.ruleName)
                .setParameter(2, row.severity)
                .setParameter(3, row.state)
                .setParameter(4, row.labels)
                .setParameter(5, row.details)
                .setParameter(6, row.updatedAt)
                .setParameter(7, row.id)
                .setParameter(8, row.state);
        if (row.closedAt != null) {
            update.setParameter(9, row.closedAt);
        }
        if (row.firedAt != null) {
            update.setParameter(10, row.firedAt);
        }
        update.executeUpdate();
    }

    /**
     * Writes what became of the alerts that began while the database was out. What another node wrote first stays: an alert that
     * began here is then over, and one of which nobody was told is not kept. What other nodes began is theirs.
     *
     * @param duplicates makes of such alerts what is to be written of them instead
     */
    @MonitoredDbOperation(operation = "update", table = TABLE)
    @Transactional
    void merge(Changes alone, Function<Alert, Changes> duplicates, Instant now) {
        for (Alert alert : alone.begun()) {
            if (entities.find(AlertRow.class, alert.id()) != null) {
                continue; // a commit before this one was done though it seemed to fail
            }
            boolean isTaken = !(alert.state() instanceof Resolved) && isOpen(AlertKey.of(alert));
            if (!isTaken) {
                entities.persist(new AlertRow(alert, now));
            } else if (alert.state().fires()) {
                Changes instead = duplicates.apply(alert);
                instead.changed().forEach(over -> entities.persist(new AlertRow(over, now)));
                instead.events().forEach(this::add);
                outbox.add(instead.entries());
            }
        }
        alone.events().forEach(this::add);
        entities.flush();
    }

    private void add(AlertEvent event) {
        boolean isKept = entities.find(AlertRow.class, event.alertId()) != null;
        if (isKept && entities.find(EventRow.class, event.id()) == null) {
            entities.persist(new EventRow(event));
        }
    }

    private boolean isOpen(AlertKey key) {
        return !entities.createQuery("select a.id from AlertRow a where a.openKey = :key", String.class)
                .setParameter("key", key.column())
                .getResultList()
                .isEmpty();
    }

    /** Removes alerts that were over before this moment, and silences that ended before it, so many at most. */
    @MonitoredDbOperation(operation = "delete", table = TABLE)
    @Transactional
    int forget(Instant before, int most) {
        List<String> ids = entities.createQuery(
                        "select a.id from AlertRow a where a.closedAt < :before order by a.closedAt", String.class)
                .setParameter("before", Definition.moment(before))
                .setMaxResults(most)
                .getResultList();
        ids.forEach(this::drop);
        entities.createNativeQuery("delete from silence where ends_at < ?1")
                .setParameter(1, Definition.moment(before))
                .executeUpdate();
        return ids.size();
    }

    /**
     * Removes events of alerts that have more than {@value #MOST_EVENTS} of them and are open, or were so at this moment: those
     * that tell how it began stay, and the newest.
     */
    @MonitoredDbOperation(operation = "delete", table = "alert_event")
    @Transactional
    void forgetEvents(Instant since) {
        List<String> ids = entities.createQuery(
                        "select e.alertId from EventRow e where e.alertId in (select a.id from AlertRow a"
                                + " where a.openKey is not null or a.closedAt >= :since)"
                                + " group by e.alertId having count(e.id) > :most",
                        String.class)
                .setParameter("since", Definition.moment(since))
                .setParameter("most", (long) MOST_EVENTS)
                .setMaxResults(MOST_TRIMMED)
                .getResultList();
        for (String id : ids) {
            entities.createQuery("delete from EventRow e where e.alertId = :alert and e.id > :first and e.id < :newest")
                    .setParameter("alert", id)
                    .setParameter("first", eventId(id, "asc", FIRST_EVENTS))
                    .setParameter("newest", eventId(id, "desc", MOST_EVENTS - FIRST_EVENTS))
                    .executeUpdate();
        }
    }

    private String eventId(String alertId, String order, int place) {
        return entities.createQuery(
                        "select e.id from EventRow e where e.alertId = :alert order by e.id " + order, String.class)
                .setParameter("alert", alertId)
                .setFirstResult(place - 1)
                .setMaxResults(1)
                .getSingleResult();
    }
}
