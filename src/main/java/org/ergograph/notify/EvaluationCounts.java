package org.ergograph.notify;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.ergograph.alert.Severity;
import org.ergograph.alert.ShippedRules;
import org.ergograph.observation.Meters;
import org.ergograph.observation.Metrics;
import org.ergograph.observation.Recorder;
import org.ergograph.observation.Sample;

/** How evaluations went on this node, as metrics and as samples that rules look at. Thread-safe. */
@Singleton
class EvaluationCounts {
    private final LongAdder succeeded = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final AtomicLong sampled = new AtomicLong();
    private volatile double lagSeconds = Double.NaN;
    private volatile Map<Severity, Long> active = Map.of();
    private volatile boolean evaluates;

    @Inject
    EvaluationCounts(Instance<Meters> meters) {
        if (meters.isResolvable()) {
            publish(meters.get());
        }
    }

    EvaluationCounts() {}

    private void publish(Meters meters) {
        meters.counter(Metrics.ALERT_EVALUATIONS, succeeded::sum, "ok");
        meters.counter(Metrics.ALERT_EVALUATIONS, failed::sum, "failed");
        meters.gauge(Metrics.ALERT_EVALUATION_LAG, () -> evaluates ? lagSeconds : Double.NaN);
        for (Severity severity : Severity.values()) {
            meters.gauge(
                    Metrics.ALERTS_ACTIVE,
                    () -> evaluates ? active.getOrDefault(severity, 0L) : Double.NaN,
                    severity.word());
        }
    }

    void succeeded() {
        succeeded.increment();
    }

    void failed() {
        failed(1);
    }

    void failed(int evaluations) {
        failed.add(evaluations);
    }

    void lag(Duration lag) {
        lagSeconds = lag.toNanos() / 1e9;
    }

    /** What fires now, as far as this node, which evaluates, knows. */
    void active(Book book) {
        Map<Severity, Long> counts = new EnumMap<>(Severity.class);
        book.tracked().stream()
                .filter(each -> each.alert().state().fires())
                .forEach(each -> counts.merge(each.alert().rule().severity(), 1L, Long::sum));
        active = counts;
        evaluates = true;
    }

    /** Another node evaluates. */
    void idle() {
        evaluates = false;
    }

    /** Notes how late the last evaluation was, and how many failed since this was called last. */
    void sample(Recorder recorder, Instant now) {
        double lag = lagSeconds;
        if (Double.isFinite(lag)) {
            recorder.sample(new Sample(ShippedRules.EVALUATION_LAG, "s", now, lag));
        }
        long all = failed.sum();
        recorder.sample(new Sample(ShippedRules.EVALUATION_FAILURES, "1", now, all - sampled.getAndSet(all)));
    }

    long failures() {
        return failed.sum();
    }
}
