package org.ergograph.notify;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.ergograph.notify.delivery.StillFiring;

/** Which alerts fire, by the database. Thread-safe. */
@Singleton
class FiringAlerts implements StillFiring {
    private final AlertStore store;

    @Inject
    FiringAlerts(AlertStore store) {
        this.store = store;
    }

    @Override
    public Set<String> among(Collection<String> alertIds) {
        return alertIds.isEmpty() ? Set.of() : store.firing(List.copyOf(alertIds));
    }
}
