package org.ergograph.recorder;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.ergograph.observation.Observation;
import org.ergograph.observation.ObservationSink;
import org.ergograph.observation.Periodic;

/**
 * Logs what was slow: one line a trace, with its slow parts, so that a slow query and the request that waited for it are told
 * once. Bounded: what finds no room is counted in the next line.
 */
final class SlowLog implements ObservationSink, Periodic {
    private static final int ROOM = 256;

    private final long thresholdNanos;
    private final long transactionThresholdNanos;
    private final Consumer<String> log;
    private final ArrayBlockingQueue<Observation> slow = new ArrayBlockingQueue<>(ROOM);
    private final LongAdder lost = new LongAdder();

    /** Thresholds are exclusive: what takes exactly as long is not slow. */
    SlowLog(Duration threshold, Duration transactionThreshold, Consumer<String> log) {
        this.thresholdNanos = threshold.toNanos();
        this.transactionThresholdNanos = transactionThreshold.toNanos();
        this.log = log;
    }

    @Override
    public void accept(Observation observation) {
        if (observation.durationNanos() > thresholdNanos && !observation.internal()) {
            // Rare by definition, and bounded: the queue's lock is taken only by what has already been slow.
            if (!slow.offer(observation)) {
                lost.increment();
            }
        }
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void run() {
        List<Observation> drained = new ArrayList<>();
        slow.drainTo(drained);
        Map<String, List<Observation>> traces = new LinkedHashMap<>();
        for (Observation observation : drained) {
            traces.computeIfAbsent(observation.traceId(), id -> new ArrayList<>())
                    .add(observation);
        }
        traces.forEach((trace, parts) -> log.accept(line(trace, parts)));
        long missing = lost.sumThenReset();
        if (missing > 0) {
            log.accept("slow: " + missing + " more slow observations found no room in the log");
        }
    }

    private String line(String trace, List<Observation> parts) {
        List<String> words = new ArrayList<>();
        // The outermost ends last.
        for (int i = parts.size() - 1; i >= 0; i--) {
            Observation part = parts.get(i);
            String what =
                    part.transaction() && part.durationNanos() > transactionThresholdNanos ? " (transaction)" : "";
            words.add(String.format(
                    Locale.ROOT,
                    "%s%s took %.3f s%s",
                    part.series(),
                    what,
                    part.durationNanos() / 1e9,
                    part.isError() ? " and failed" : ""));
        }
        return "slow: " + String.join(", within it ", words) + " [trace " + trace + "]";
    }

    @Override
    public void stop() {
        run();
    }
}
