package org.ergograph.notify.delivery;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ergograph.alert.routing.LastTold;

/** Takes what is to be told, and keeps it until it was sent. Thread-safe. */
@Singleton
public class Outbox {
    private final NotificationRows rows;
    private final OutboxJournal journal;
    private final Runnable wake;

    @Inject
    Outbox(NotificationRows rows, OutboxJournal journal, DatabaseSender sender) {
        this(rows, journal, sender::wake);
    }

    /** @param wake called when there is something to send */
    Outbox(NotificationRows rows, OutboxJournal journal, Runnable wake) {
        this.rows = rows;
        this.journal = journal;
        this.wake = wake;
    }

    /**
     * Takes the entries within the caller's transaction, or one of its own: they are sent if it commits. Entries whose id is
     * there already change nothing.
     */
    public void add(List<Entry> entries) {
        if (!entries.isEmpty()) {
            rows.add(entries);
            wake.run();
        }
    }

    /**
     * Takes the entries while the database is gone: they are in this node's journal when it returns, sent from there, and
     * become rows when the database is back. Never throws; what cannot be written is sent all the same.
     */
    public void spill(List<Entry> entries) {
        journal.add(entries);
    }

    /**
     * What was told of these alerts, or waits to be, by channel name; by alert id. Asks the database, in the caller's
     * transaction if there is one, and adds what is in this node's journal.
     */
    public Map<String, Map<String, LastTold>> lastTold(Collection<String> alertIds) {
        Map<String, Map<String, LastTold>> told = rows.lastTold(alertIds);
        lastSpilled(alertIds)
                .forEach((alert, channels) ->
                        channels.forEach((channel, last) -> told.computeIfAbsent(alert, id -> new HashMap<>())
                                .merge(channel, last, (before, after) -> before.then(after.occasion(), after.at()))));
        return told;
    }

    /** The same of this node's journal alone; asks no database. */
    public Map<String, Map<String, LastTold>> lastSpilled(Collection<String> alertIds) {
        return journal.lastTold(alertIds);
    }
}
