package org.ergograph.notify.delivery;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.ergograph.alert.routing.LastTold;

/** Takes what is to be told, and keeps it until it was sent. Thread-safe. */
@Singleton
public class Outbox {
    @Inject
    Outbox() {}

    /**
     * Takes the entries within the caller's transaction, or one of its own: they are sent if it commits. Entries whose id is
     * there already change nothing.
     */
    public void add(List<Entry> entries) {}

    /**
     * Takes the entries while the database is gone: they are in this node's journal when it returns, sent from there, and
     * become rows when the database is back. Never throws; what cannot be written is sent all the same.
     */
    public void spill(List<Entry> entries) {}

    /**
     * What was told of these alerts, or waits to be, by channel name; by alert id. Asks the database, in the caller's
     * transaction if there is one, and adds what is in this node's journal.
     */
    public Map<String, Map<String, LastTold>> lastTold(Collection<String> alertIds) {
        return Map.of();
    }

    /** The same of this node's journal alone; asks no database. */
    public Map<String, Map<String, LastTold>> lastSpilled(Collection<String> alertIds) {
        return Map.of();
    }
}
