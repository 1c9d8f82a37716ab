package org.ergograph.notify;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.ergograph.alert.condition.FactsSource;
import org.ergograph.database.DatabaseState;
import org.ergograph.database.Leases;
import org.ergograph.database.TimeOrderedIds;
import org.ergograph.history.query.RecordedGroups;
import org.ergograph.notify.delivery.Channels;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.observation.Periodic;
import org.ergograph.observation.Recorder;
import org.ergograph.observation.TimeSource;
import org.ergograph.settings.Thresholds;

/**
 * Evaluates the rules on the one node that holds the lease, and writes what came of it; the others read along, so that each can
 * go on alone when the database is out. Not thread-safe: the schedule runs it.
 */
@Singleton
class AlertEngine implements Periodic {
    private static final System.Logger LOG = System.getLogger(AlertEngine.class.getName());
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration FOLLOWING = Duration.ofSeconds(15);
    private static final Duration CLEANING = Duration.ofHours(1);
    private static final Duration SLOW = Duration.ofSeconds(5);
    private static final int FORGOTTEN = 500;

    private final AlertingSettings settings;
    private final DatabaseState database;
    private final Leases leases;
    private final AlertStore store;
    private final BookReader reader;
    private final Definitions definitions;
    private final Alone alone;
    private final EvaluationCounts counts;
    private final Channels channels;
    private final Recorder recorder;
    private final TimeSource time;
    private final KnownDefinitions known;
    private final Function<Instant, FactsSource> facts;
    private final Cycle cycle;
    private final RoundWriter writer;
    private final Troubles troubles = new Troubles();
    private boolean provided;
    private boolean leads;
    private boolean stale;
    private boolean failing;
    private long failedNanos;
    private boolean slow;
    private long followedNanos;
    private long cleanedNanos;

    @Inject
    AlertEngine(
            AlertingSettings settings,
            DatabaseState database,
            Leases leases,
            AlertStore store,
            BookReader reader,
            Definitions definitions,
            Alone alone,
            EvaluationCounts counts,
            RecordedGroups groups,
            Thresholds thresholds,
            Channels channels,
            Messages messages,
            Recorder recorder,
            NodeIdentity node,
            TimeSource time) {
        this(
                settings,
                database,
                leases,
                store,
                reader,
                definitions,
                alone,
                counts,
                new RecordFacts(groups, thresholds::value)::at,
                channels,
                messages,
                recorder,
                node,
                time);
    }

    /** @param facts what is known at a moment; may throw what the database throws */
    AlertEngine(
            AlertingSettings settings,
            DatabaseState database,
            Leases leases,
            AlertStore store,
            BookReader reader,
            Definitions definitions,
            Alone alone,
            EvaluationCounts counts,
            Function<Instant, FactsSource> facts,
            Channels channels,
            Messages messages,
            Recorder recorder,
            NodeIdentity node,
            TimeSource time) {
        this.settings = settings;
        this.database = database;
        this.leases = leases;
        this.store = store;
        this.reader = reader;
        this.definitions = definitions;
        this.alone = alone;
        this.counts = counts;
        this.channels = channels;
        this.recorder = recorder;
        this.time = time;
        this.known = new KnownDefinitions(definitions);
        this.facts = facts;
        TimeOrderedIds ids = new TimeOrderedIds(() -> time.now().toEpochMilli());
        this.cycle = new Cycle(channels, messages, ids::next, node.name(), counts, time.nanoTime());
        this.writer = new RoundWriter(store, leases, LEASE, counts);
        this.followedNanos = time.nanoTime() - FOLLOWING.toNanos();
        this.cleanedNanos = time.nanoTime();
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void run() {
        if (settings.enabled() && database.ready()) {
            recorder.internally(this::tick);
        }
    }

    private void tick() {
        long began = time.nanoTime();
        Leases.Holder holder = leases.ask(AlertStore.LEASE, LEASE);
        if (holder == Leases.Holder.UNKNOWN) {
            stale = true;
            return;
        }
        try {
            provide();
            if (alone.mergeInto(store)) {
                stale = true;
                alone.heard(); // or it would begin again, should the first round fail
            }
            if (holder == Leases.Holder.OURS) {
                lead();
                counts.sample(recorder, time.now());
                clean();
            } else {
                follow();
            }
            alone.heard();
            answered(began);
        } catch (RuntimeException e) {
            // What was written is not known: it is read anew.
            stale = true;
            failed(e, began, holder == Leases.Holder.OURS);
        }
    }

    /** Whoever watches the evaluation has to know of rounds that fail, too. */
    private void failed(RuntimeException failure, long began, boolean ours) {
        if (!failing) {
            failing = true;
            failedNanos = began;
        }
        if (troubles.isNews("round", failure.getClass().getName(), began)) {
            LOG.log(System.Logger.Level.WARNING, "alerting: the alerts could not be evaluated; tried again", failure);
        }
        if (ours) {
            counts.failed();
            counts.lag(Duration.ofNanos(time.nanoTime() - failedNanos));
            counts.sample(recorder, time.now());
        }
    }

    private void answered(long began) {
        if (failing) {
            failing = false;
            LOG.log(System.Logger.Level.INFO, "alerting: the alerts are evaluated again");
        }
        Duration took = Duration.ofNanos(time.nanoTime() - began);
        boolean isSlow = took.compareTo(SLOW) > 0;
        if (isSlow && !slow) {
            LOG.log(System.Logger.Level.WARNING, "alerting: one evaluation of the rules took " + took);
        }
        slow = isSlow;
    }

    /** Adds the rules that come with the product and are not there yet. */
    private void provide() {
        if (!provided) {
            int added = definitions.addMissing(Shipped.rows(time.now()));
            if (added > 0) {
                LOG.log(
                        System.Logger.Level.INFO,
                        "alerting: " + added + " rules that come with the product were added");
            }
            provided = true;
        }
    }

    private void lead() {
        Instant now = time.now();
        known.refresh();
        channels.refresh(); // after the rules, each of which names channels that are older
        Map<String, Integer> hands = store.hands();
        if (!leads) {
            LOG.log(System.Logger.Level.INFO, "alerting: this node evaluates the rules");
            cycle.begin(reader.read(known.known(), true));
            leads = true;
        } else if (stale || !hands.keySet().equals(cycle.book().hands().keySet())) {
            cycle.resume(reader.read(known.known(), true));
        }
        stale = false;
        Round round = cycle.next(facts.apply(now), known.known(), said(hands), now, time.nanoTime());
        Changes changes = round.changes();
        RoundWriter.Result written = writer.write(changes, now, time.nanoTime());
        if (written != RoundWriter.Result.NOT_OURS) {
            cycle.done(round);
            counts.active(cycle.book());
            if (written == RoundWriter.Result.WRITTEN) {
                alone.know(known.known(), cycle.book());
            } else {
                stale = true;
            }
        } else {
            lost();
        }
    }

    private List<AlertRow> said(Map<String, Integer> hands) {
        Map<String, Integer> heard = cycle.book().hands();
        List<String> ids = new ArrayList<>();
        hands.forEach((id, hand) -> {
            if (!hand.equals(heard.get(id))) {
                ids.add(id);
            }
        });
        return ids.isEmpty() ? List.of() : store.rows(ids);
    }

    private void follow() {
        if (leads) {
            lost();
        }
        long nanos = time.nanoTime();
        if (stale || nanos - followedNanos >= FOLLOWING.toNanos()) {
            followedNanos = nanos;
            known.refresh();
            alone.know(known.known(), reader.read(known.known(), false));
            stale = false;
        }
    }

    private void lost() {
        leads = false;
        counts.idle();
        LOG.log(System.Logger.Level.INFO, "alerting: another node evaluates the rules");
    }

    private void clean() {
        long nanos = time.nanoTime();
        if (nanos - cleanedNanos >= CLEANING.toNanos()) {
            // A part each time: the lease has to be prolonged between them.
            int forgotten = store.forget(time.now().minus(settings.retention()), FORGOTTEN);
            if (forgotten < FORGOTTEN) {
                store.forgetEvents(time.now().minus(CLEANING.multipliedBy(2)));
                cleanedNanos = nanos;
            }
        }
    }

    @Override
    public void stop() {
        if (leads) {
            leads = false;
            leases.release(AlertStore.LEASE);
        }
    }
}
