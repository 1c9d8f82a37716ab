package org.ergograph.alert;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.ergograph.alert.condition.Condition;
import org.ergograph.alert.condition.Evaluation;
import org.ergograph.alert.condition.Facts;
import org.ergograph.alert.condition.FactsSource;
import org.ergograph.alert.condition.Finding;
import org.ergograph.alert.condition.LookBack;
import org.ergograph.alert.condition.Query;
import org.ergograph.alert.condition.Scope;
import org.ergograph.alert.condition.SeriesFacts;
import org.ergograph.alert.condition.Subject;
import org.ergograph.window.Distribution;

/**
 * What a cycle of evaluation costs: 1,000 rules, each of its own threshold, look at each of 1,000 series, and 10^6 alerts go to
 * their next state. CPU time of the thread that evaluates, and of the whole process, which adds garbage collection and
 * compilation. Without the database on either side.
 */
public final class AlertBench {
    private static final int SERIES = 1000;
    private static final int RULES = 1000;
    private static final int CALLS = 300;
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final RuleTiming TIMING = new RuleTiming(
            Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(5), null, OnNoData.KEEP, true);

    private static final class Alerts {
        final Map<Subject, Transition> last = new HashMap<>();
    }

    private AlertBench() {}

    public static void main(String[] args) {
        int cycles = Integer.getInteger("bench.rounds", 8);
        System.out.printf(Locale.ROOT, "%,d rules, %,d series, load %.1f%n", RULES, SERIES, load());
        System.out.printf(
                "%-34s %10s %10s %10s %8s %8s%n", "conditions", "thread ms", "process ms", "MB", "met", "changed");
        for (String conditions : List.of(
                "error_rate > %s",
                "p95 > %s", "error_rate > 0.0%s && p95 > %s", "p95 > %s && count > 2 * before(\"PT1H\").count")) {
            run(conditions, cycles);
        }
        System.out.printf(Locale.ROOT, "load %.1f%n", load());
    }

    private static void run(String condition, int cycles) {
        List<Query> rules = new ArrayList<>();
        for (int i = 0; i < RULES; i++) {
            String text = condition.replace("0.0%s", "0.0" + (1 + i % 9)).replace("%s", "0." + (100 + i));
            rules.add(new Query(Condition.parse(text), null, Scope.SYSTEM, List.of("series"), WINDOW, 1, null));
        }
        List<Alerts> alerts = rules.stream().map(rule -> new Alerts()).toList();
        Random random = new Random(1);
        double[] thread = new double[cycles];
        double[] process = new double[cycles];
        double[] megabytes = new double[cycles];
        long[] counts = new long[2];
        for (int i = -cycles; i < cycles; i++) {
            Map<LookBack, Facts> facts = new HashMap<>();
            facts.put(LookBack.of(WINDOW), facts(random));
            facts.put(new LookBack(WINDOW, Duration.ofHours(1)), facts(random));
            long threadBefore = threadNanos();
            long processBefore = processNanos();
            long bytesBefore = bytes();
            counts = cycle(rules, alerts, facts, NOW.plus(Duration.ofMinutes(i)));
            if (i >= 0) {
                thread[i] = (threadNanos() - threadBefore) / 1e6;
                process[i] = (processNanos() - processBefore) / 1e6;
                megabytes[i] = (bytes() - bytesBefore) / 1e6;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%-34.34s %10.0f %10.0f %10.0f %8d %8d%n",
                condition,
                median(thread),
                median(process),
                median(megabytes),
                counts[0],
                counts[1]);
    }

    private static long[] cycle(List<Query> rules, List<Alerts> alerts, Map<LookBack, Facts> facts, Instant now) {
        Evaluation evaluation = new Evaluation(new FactsSource() {
            @Override
            public Facts facts(LookBack lookBack) {
                return facts.getOrDefault(lookBack, Facts.unknown(now));
            }

            @Override
            public OptionalDouble threshold(String name) {
                return OptionalDouble.empty();
            }
        });
        long met = 0;
        long changed = 0;
        for (int i = 0; i < rules.size(); i++) {
            Map<Subject, Transition> last = alerts.get(i).last;
            for (Finding finding : evaluation.evaluate(rules.get(i), List.of())) {
                Transition before = last.get(finding.subject());
                Transition after = Lifecycle.next(
                        before == null ? new AlertState.Inactive(now) : before.state(),
                        before == null ? Recent.NONE : before.recent(),
                        TIMING,
                        finding.verdict(),
                        Duration.ofMinutes(1),
                        now);
                // As in a server, nothing is kept of what is not an alert.
                if (after.state().open()) {
                    last.put(finding.subject(), after);
                } else if (before != null) {
                    last.remove(finding.subject());
                }
                met += finding.verdict().outcome() == org.ergograph.alert.condition.Verdict.Outcome.MET ? 1 : 0;
                changed += after.changed() ? 1 : 0;
            }
        }
        return new long[] {met, changed};
    }

    private static Facts facts(Random random) {
        List<SeriesFacts> series = new ArrayList<>();
        for (int i = 0; i < SERIES; i++) {
            long[] nanos = new long[CALLS];
            for (int call = 0; call < CALLS; call++) {
                nanos[call] = (long) (1e6 * Math.exp(4 + random.nextGaussian()));
            }
            String endpoint = "/api/v1/things/" + i;
            series.add(new SeriesFacts(
                    "http",
                    "GET " + endpoint,
                    Map.of("method", "GET", "endpoint", endpoint),
                    "node-1",
                    Distribution.of(random.nextInt(CALLS / 10), nanos)));
        }
        return new Facts(NOW.minus(WINDOW), NOW, series, List.of());
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static long threadNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long bytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private static long processNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
