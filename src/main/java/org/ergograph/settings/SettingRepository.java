package org.ergograph.settings;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.ergograph.monitor.MonitoredDbOperation;
import org.ergograph.web.ETags;
import org.ergograph.web.SqlFailures;
import org.jspecify.annotations.Nullable;

/** The changed settings and their history in the database. Every method is a transaction of its own. */
@Singleton
class SettingRepository {
    private static final String TABLE = "setting";

    @PersistenceContext(unitName = "ergograph")
    @SuppressWarnings("NullAway.Init") // injected
    EntityManager entities;

    @MonitoredDbOperation(operation = "select", table = TABLE)
    @Transactional
    List<Setting> all() {
        return entities.createQuery("select s from Setting s", Setting.class).getResultList();
    }

    @MonitoredDbOperation(operation = "select", table = TABLE)
    @Transactional
    Optional<Setting> get(Threshold threshold) {
        return Optional.ofNullable(entities.find(Setting.class, threshold.label()));
    }

    /**
     * The newest changes first.
     *
     * @param threshold of which; null for all
     * @param before only changes with lower numbers
     */
    @MonitoredDbOperation(operation = "select", table = "setting_change")
    @Transactional
    List<SettingChange> history(@Nullable Threshold threshold, long before, int limit) {
        return entities.createQuery(
                        "select c from SettingChange c where c.revision < :before and (:name = '' or c.name = :name)"
                                + " order by c.revision desc",
                        SettingChange.class)
                .setParameter("before", before)
                .setParameter("name", threshold == null ? "" : threshold.label())
                .setMaxResults(limit)
                .getResultList();
    }

    /**
     * Changes a setting and notes the change.
     *
     * @throws Collision if another transaction changes a setting at the same time; nothing is changed
     */
    @MonitoredDbOperation(operation = "update", table = TABLE)
    @Transactional
    Outcome change(Wish wish) {
        // Read first: whoever changes a setting between this and the insertion takes the number that is free now.
        long last = entities.createQuery("select coalesce(max(c.revision), 0) from SettingChange c", Long.class)
                .getSingleResult();
        Setting setting = entities.find(Setting.class, wish.threshold().label());
        long version = setting == null ? 0 : setting.revision();
        if (wish.ifMatch() != null && !ETags.matches(wish.ifMatch(), version)) {
            return new Outcome.Stale();
        }
        Optional<Threshold> partner = wish.threshold().partner();
        if (partner.isPresent()) {
            Setting found = entities.find(Setting.class, partner.get().label());
            Double value = found == null ? null : found.value();
            double other = value == null ? partner.get().defaultValue() : value;
            if (!inOrder(wish.threshold(), wish.wanted(), other)) {
                return new Outcome.Disordered(partner.get(), other);
            }
        }
        SettingChange change = new SettingChange(last + 1, setting == null ? null : setting.value(), wish);
        entities.persist(change);
        if (setting == null) {
            setting = new Setting(wish.threshold().label());
            entities.persist(setting);
        }
        setting.changed(change);
        try {
            entities.flush();
        } catch (PersistenceException e) {
            throw SqlFailures.isUniqueViolation(e) ? new Collision() : e;
        }
        return new Outcome.Done(setting);
    }

    /** Whether a threshold of a pair and the other one are such that the critical one lies beyond the other. */
    static boolean inOrder(Threshold threshold, double value, double other) {
        double warning = threshold.isCritical() ? other : value;
        double critical = threshold.isCritical() ? value : other;
        return threshold.isFloor() ? critical < warning : critical > warning;
    }

    /** Another transaction changed a setting at the same time. */
    static final class Collision extends RuntimeException {
        Collision() {
            super("settings are being changed at the same time", null, false, false);
        }
    }
}
