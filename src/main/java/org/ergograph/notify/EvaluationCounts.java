package org.ergograph.notify;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.ergograph.alert.Severity;
import org.ergograph.observation.Meters;
import org.ergograph.observation.Metrics;

/** How evaluations went on this node, as metrics. Thread-safe. */
@Singleton
class EvaluationCounts {
    private final LongAdder succeeded = new LongAdder();
    private final LongAdder failed = new LongAdder();
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

    double lagSeconds() {
        return lagSeconds;
    }

    long failures() {
        return failed.sum();
    }
}
