package org.ergograph.notify.delivery;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ergograph.alert.routing.LastTold;
import org.ergograph.database.TimeOrderedIds;
import org.ergograph.history.journal.Journal;
import org.ergograph.history.journal.JournalBlock;
import org.ergograph.history.journal.JournalFiles;
import org.ergograph.history.journal.JournalReader;
import org.ergograph.history.journal.JournalRun;
import org.ergograph.history.journal.JournalSettings;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.observation.TimeSource;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * What this node has to tell while the database is gone, on its disk and in memory. Survives a crash; holds so much and no more,
 * and goes on in memory if the disk fails. Thread-safe.
 */
@Singleton
class OutboxJournal implements Queue {
    private static final System.Logger LOG = System.getLogger(OutboxJournal.class.getName());
    private static final long MAX_BYTES = 64L << 20;
    static final int MAX_ENTRIES = 5_000;
    /** At most so often the log says that entries were dropped. */
    private static final Duration SAYING = Duration.ofMinutes(1);

    private final JournalFiles files;
    private final String node;
    private final TimeSource time;
    private final DeliveryCounts counts;
    private final TimeOrderedIds ids;
    private final Spool spool = new Spool(MAX_ENTRIES);
    /** Up to where each earlier run was read. */
    private final Map<Long, Long> earlier = new HashMap<>();

    private @Nullable Journal journal;
    private boolean opened;
    private boolean failing;
    private boolean merging;
    private int sending;
    /** Dropped since the log said how many. */
    private long unsaid;

    private long saidNanos;

    @Inject
    OutboxJournal(DeliverySettings settings, NodeIdentity node, TimeSource time, DeliveryCounts counts) {
        this(JournalFiles.in(settings.journal()), node, time, counts);
    }

    OutboxJournal(JournalFiles files, NodeIdentity node, TimeSource time, DeliveryCounts counts) {
        this.files = files;
        this.node = node.name();
        this.time = time;
        this.counts = counts;
        this.saidNanos = time.nanoTime() - SAYING.toNanos();
        this.ids = new TimeOrderedIds(() -> time.now().toEpochMilli());
    }

    /** Opens the directory and reads what a run before has left; does nothing the second time. */
    synchronized void open() {
        if (opened) {
            return;
        }
        opened = true;
        try {
            Journal open = Journal.open(files, JournalSettings.of(MAX_BYTES));
            journal = open;
            for (JournalRun run : open.runs()) {
                if (!run.current()) {
                    read(open, run);
                }
            }
            spool.abandoned(time.now());
            if (!spool.isEmpty()) {
                LOG.log(System.Logger.Level.INFO, "alerts: {0} messages of an earlier run wait", spool.waiting());
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    private void read(Journal open, JournalRun run) throws IOException {
        try (JournalReader reader = open.read(run.id(), run.first())) {
            for (JournalBlock block = reader.next(); block != null; block = reader.next()) {
                earlier.put(run.id(), block.end());
                try {
                    SpoolJson.apply(JsonText.parse(new String(block.payload(), StandardCharsets.UTF_8)), spool);
                } catch (RuntimeException e) {
                    LOG.log(System.Logger.Level.WARNING, "alerts: a record of the journal cannot be read", e);
                }
            }
        }
    }

    private void failed(IOException e) {
        if (!failing) {
            failing = true;
            LOG.log(
                    System.Logger.Level.ERROR,
                    "alerts: their journal cannot be written: what a crash finds here is lost: " + e.getMessage());
        }
    }

    private void write(List<byte[]> records) {
        Journal open = journal;
        if (open == null) {
            return;
        }
        try {
            for (byte[] each : records) {
                open.append(each, each.length, 1);
            }
            open.sync();
            failing = false;
        } catch (IOException e) {
            failed(e);
        }
    }

    /** As {@link Outbox#spill}. */
    synchronized void add(List<Entry> entries) {
        open();
        dropped(spool.add(entries));
        write(entries.stream().map(SpoolJson::entry).toList());
    }

    private void dropped(List<Entry> entries) {
        entries.forEach(entry -> counts.count(entry.channel(), "dropped"));
        unsaid += entries.size();
        long now = time.nanoTime();
        if (unsaid > 0 && now - saidNanos >= SAYING.toNanos()) {
            saidNanos = now;
            LOG.log(
                    System.Logger.Level.ERROR,
                    "alerts: too many wait for the database: {0} were dropped, the oldest",
                    unsaid);
            unsaid = 0;
        }
    }

    /** How many entries are neither sent nor given up. */
    synchronized int waiting() {
        return spool.waiting();
    }

    synchronized boolean isEmpty() {
        return spool.isEmpty();
    }

    /** What waits to be sent; nothing while it is on its way to the database. */
    synchronized Backlog backlog() {
        return merging ? Backlog.EMPTY : spool.backlog();
    }

    @Override
    public synchronized Optional<Begun> begin(Pick pick, Instant now, Instant until) {
        if (merging) {
            return Optional.empty();
        }
        Open before;
        List<String> members;
        if (pick instanceof Pick.Again again) {
            Optional<Open> found = spool.message(again.message().id());
            if (found.isEmpty()) {
                return Optional.empty();
            }
            before = found.get();
            members = spool.members(before.id());
        } else {
            Pick.Fresh fresh = (Pick.Fresh) pick;
            members = fresh.entries().stream().filter(spool::free).toList();
            before = new Open(ids.next(), fresh.channel(), fresh.groupKey(), 0, true, now, until);
        }
        List<Entry> entries = spool.entries(members);
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        int number = before.attempts() + 1;
        Open message =
                new Open(before.id(), before.channel(), before.groupKey(), number, true, before.sinceAt(), until);
        Attempt attempt = new Attempt(message.id(), number, node, now, null, Attempt.SENDING, "");
        spool.begin(message, attempt, members);
        write(List.of(SpoolJson.begin(message, attempt, members)));
        sending++;
        return Optional.of(new Begun(message, number, entries));
    }

    @Override
    public synchronized void end(Begun begun, Ended ended) {
        sending--;
        spool.end(begun.message().id(), begun.attempt(), ended);
        write(List.of(SpoolJson.end(begun.message().id(), begun.attempt(), ended)));
    }

    /**
     * Hands everything over to the database, which answers again; entries and messages keep their ids, so that what a crash has
     * left here is not added twice. Waits for what is being sent.
     *
     * @throws RuntimeException whatever the rows throw; everything stays here then
     */
    void merge(NotificationRows rows) {
        Spilled snapshot;
        long end;
        synchronized (this) {
            open();
            if (spool.isEmpty() || sending > 0 || merging) {
                return;
            }
            merging = true;
            snapshot = spool.snapshot();
            end = journal == null ? 0 : journal.end();
        }
        boolean merged = false;
        try {
            rows.merge(snapshot);
            merged = true;
        } finally {
            merged(merged, snapshot, end);
        }
        LOG.log(
                System.Logger.Level.INFO,
                "alerts: {0} messages went to the database",
                snapshot.entries().size());
    }

    private synchronized void merged(boolean merged, Spilled snapshot, long end) {
        merging = false;
        Journal open = journal;
        if (!merged) {
            return;
        }
        spool.remove(snapshot);
        if (open == null) {
            return;
        }
        try {
            for (Map.Entry<Long, Long> run : earlier.entrySet()) {
                open.release(run.getKey(), run.getValue());
            }
            earlier.clear();
            open.release(open.run(), end);
        } catch (IOException e) {
            failed(e);
        }
    }

    /** What the channel was sent, in order, and of what waits that an alert is over. */
    synchronized List<Entry> told(String channel) {
        return spool.told(channel);
    }

    synchronized Map<String, Map<String, LastTold>> lastTold(Collection<String> alertIds) {
        return spool.lastTold(Set.copyOf(alertIds));
    }

    /** Gives the directory back. */
    synchronized void close() {
        Journal open = journal;
        journal = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                failed(e);
            }
        }
    }
}
