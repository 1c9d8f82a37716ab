package org.ergograph.notify.delivery;

import java.util.Collection;
import java.util.Set;

/**
 * Knows which alerts still fire: an Alertmanager has to be told again and again. A CDI bean; without one, an alert fires until
 * its end was told. Thread-safe.
 */
public interface StillFiring {
    /** Those of the alerts that fire now; may ask the database. */
    Set<String> among(Collection<String> alertIds);
}
