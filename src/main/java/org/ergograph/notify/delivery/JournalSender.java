package org.ergograph.notify.delivery;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.ergograph.observation.Periodic;

/** Sends what is in this node's journal, as long as the database does not answer. */
@Singleton
class JournalSender implements Periodic {
    private static final Duration TICK = Duration.ofMillis(200);

    private final OutboxJournal journal;
    private final DatabaseSender database;
    private final DeliveryParts parts;
    private final Dispatch dispatch;

    @Inject
    JournalSender(OutboxJournal journal, DatabaseSender database, DeliveryParts parts) {
        this.journal = journal;
        this.database = database;
        this.parts = parts;
        this.dispatch = new Dispatch(journal, parts, () -> {});
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
        if (!parts.settings().enabled()) {
            return;
        }
        journal.open();
        if (!journal.isEmpty() && !database.answering()) {
            parts.recorder().internally(() -> dispatch.run(journal.backlog()));
        }
    }

    @Override
    public void stop() {
        journal.close();
    }
}
