package org.ergograph.notify;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
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
 * memory, and by the outbox's journal. Afterwards what became of the alerts is merged into the database. Asks no database by
 * itself. Thread-safe.
 */
@Singleton
class Alone implements Periodic {
    /** The database counts as out when nothing could be read or written for so long. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

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
    private final ReentrantLock lock = new ReentrantLock();
    private volatile LastKnown last = new LastKnown(Shipped.known(), new Book());
    private volatile long heardNanos;
    private @Nullable Cycle cycle;
    private Gathered gathered = new Gathered();

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
            running.begin(last.book().copy());
            cycle = running;
        }
        Instant now = time.now();
        Round round = running.next(facts.get(), last.known(), List.of(), now, time.nanoTime());
        Changes changes = round.changes();
        gathered.add(changes);
        running.done(round);
        counts.active(running.book());
        outbox.spill(changes.entries());
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
            store.merge(gathered.changes(), alert -> instead(alert, running.book(), now), now);
            LOG.log(System.Logger.Level.INFO, "alerting: the database is back, and knows what became of the alerts");
            counts.idle();
            cycle = null;
            gathered = new Gathered();
            return true;
        } finally {
            lock.unlock();
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
