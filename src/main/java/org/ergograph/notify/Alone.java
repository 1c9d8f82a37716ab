package org.ergograph.notify;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ergograph.alert.Alert;
import org.ergograph.alert.AlertState.Resolved;
import org.ergograph.alert.condition.FactsSource;
import org.ergograph.database.DatabaseState;
import org.ergograph.database.TimeOrderedIds;
import org.ergograph.notify.AlertEvent.Kind;
import org.ergograph.notify.delivery.Channels;
import org.ergograph.notify.delivery.Outbox;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.observation.Periodic;
import org.ergograph.observation.Recorder;
import org.ergograph.observation.TimeSource;
import org.ergograph.settings.Thresholds;
import org.ergograph.window.Window;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates the rules on this node alone, over its live window, as long as the database is out: from what was known last, in
 * memory, and by the outbox's journal. Afterwards the alerts that began here are merged into the database; those that fired
 * before are left to the node that evaluates. Asks no database by itself. Thread-safe.
 */
@Singleton
class Alone implements Periodic {
    /** The database counts as out when nothing could be read or written for so long. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** So often all is written at once, before it is written alert by alert. */
    private static final int TRIES = 3;

    private static final System.Logger LOG = System.getLogger(Alone.class.getName());

    private record LastKnown(Known known, Book book) {}

    private final AlertingSettings settings;
    private final DatabaseState database;
    private final Outbox outbox;
    private final Channels channels;
    private final Messages messages;
    private final EvaluationCounts counts;
    private final Supplier<FactsSource> facts;
    private final Recorder recorder;
    private final NodeIdentity node;
    private final TimeSource time;
    private final TimeOrderedIds ids;
    private final Troubles troubles = new Troubles();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile LastKnown last = new LastKnown(Shipped.known(), new Book());
    private volatile long heardNanos;
    private @Nullable Cycle cycle;
    private Gathered gathered = new Gathered();
    private int refused;

    @Inject
    Alone(
            AlertingSettings settings,
            DatabaseState database,
            Outbox outbox,
            Channels channels,
            Messages messages,
            EvaluationCounts counts,
            Window window,
            Thresholds thresholds,
            Recorder recorder,
            NodeIdentity node,
            TimeSource time) {
        this(
                settings,
                database,
                outbox,
                channels,
                messages,
                counts,
                () -> new WindowFacts(window.snapshot(), node.name(), thresholds::value),
                recorder,
                node,
                time);
    }

    /** @param facts what this node knows now */
    Alone(
            AlertingSettings settings,
            DatabaseState database,
            Outbox outbox,
            Channels channels,
            Messages messages,
            EvaluationCounts counts,
            Supplier<FactsSource> facts,
            Recorder recorder,
            NodeIdentity node,
            TimeSource time) {
        this.settings = settings;
        this.database = database;
        this.outbox = outbox;
        this.channels = channels;
        this.messages = messages;
        this.counts = counts;
        this.facts = facts;
        this.recorder = recorder;
        this.node = node;
        this.time = time;
        this.ids = new TimeOrderedIds(() -> time.now().toEpochMilli());
        this.heardNanos = time.nanoTime();
    }

    /** The database answered. */
    void heard() {
        heardNanos = time.nanoTime();
    }

    /** Takes what is known now; the book is changed no more. */
    void know(Known known, Book book) {
        last = new LastKnown(known, book);
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void run() {
        if (!database.ready() && database.failure() == null) {
            heard(); // a schema that is being made is not one that cannot be had
        }
        boolean isOut = time.nanoTime() - heardNanos >= PATIENCE.toNanos();
        if (settings.enabled() && isOut && lock.tryLock()) {
            try {
                recorder.internally(this::tick);
            } finally {
                lock.unlock();
            }
        }
    }

    private void tick() {
        Cycle running = cycle;
        if (running == null) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "alerting: the database is out; this node evaluates alone what its live window has");
            running = new Cycle(channels, messages, ids::next, node.name(), counts, time.nanoTime());
            running.begin(ours(last.book().copy()));
            cycle = running;
        }
        Instant now = time.now();
        Round round = running.next(facts.get(), last.known(), List.of(), now, time.nanoTime());
        Changes changes = round.changes();
        gathered.add(changes);
        running.done(round);
        counts.active(running.book());
        counts.sample(recorder, now);
        outbox.spill(changes.entries());
    }

    /**
     * What this node goes on with: perhaps the others have the database, and what this node does not see in its own window goes
     * on with them. So it ends no alert that fires; one that waits goes on as one of its own, to be told and ended here.
     */
    private Book ours(Book book) {
        for (Tracked each : List.copyOf(book.tracked())) {
            if (each.isBegun() && each.alert().state().fires()) {
                book.leaveToOthers(each.alert().id());
            } else if (each.isBegun()) {
                Alert fresh = each.alert().withId(ids.next());
                book.put(new Tracked(fresh, each.evaluatedNanos(), 0));
                gathered.begin(fresh);
            }
        }
        return book;
    }

    /**
     * Writes what became of the alerts meanwhile, if there was a meanwhile.
     *
     * @return whether there was
     */
    boolean mergeInto(AlertStore store) {
        lock.lock();
        try {
            Cycle running = cycle;
            if (running == null) {
                return false;
            }
            Instant now = time.now();
            merge(store, gathered.changes(), alert -> instead(alert, running.book(), now), now);
            LOG.log(System.Logger.Level.INFO, "alerting: the database is back, and knows what became of the alerts");
            refused = 0;
            counts.idle();
            cycle = null;
            gathered = new Gathered();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void merge(AlertStore store, Changes all, Function<Alert, Changes> duplicates, Instant now) {
        try {
            store.merge(all, duplicates, now);
        } catch (RuntimeException e) {
            refused++;
            if (refused < TRIES) {
                throw e;
            }
            LOG.log(System.Logger.Level.WARNING, "alerting: what became of the alerts is written one by one", e);
            for (Changes one : all.each()) {
                mergeOne(store, one, duplicates, now);
            }
        }
    }

    /** One that the database refuses stops neither the others nor what comes afterwards. */
    private void mergeOne(AlertStore store, Changes one, Function<Alert, Changes> duplicates, Instant now) {
        try {
            store.merge(one, duplicates, now);
        } catch (RuntimeException e) {
            counts.failed();
            if (troubles.isNews("merge", e.getClass().getName(), time.nanoTime())) {
                LOG.log(System.Logger.Level.ERROR, "alerting: what became of an alert cannot be written", e);
            }
        }
    }

    /** Another node has begun an alert of the same rule and subject: this one is over, and whoever was told of it is told so. */
    private Changes instead(Alert alert, Book book, Instant now) {
        Story story = new Story(ids::next, node.name(), now);
        Alert over = alert.with(alert.rule(), new Resolved(now), alert.recent(), alert.last(), alert.firedAt());
        story.tell(over, Kind.STATE, null, null, "another node began an alert of the same rule and subject before");
        Telling.over(story, over, book.told(alert), channels, messages, now);
        return new Changes(List.of(), List.of(over), List.of(), story.events(Set.of()), story.entries());
    }
}
