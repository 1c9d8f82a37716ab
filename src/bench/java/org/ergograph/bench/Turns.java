package org.ergograph.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ergograph.it.ServerProcess;

/** Variants that take turns under the same load, so that whatever else the machine does hits all of them. */
final class Turns {
    /**
     * What is measured beside others.
     *
     * @param process whose processor time counts; several variants may be the same process
     */
    record Variant(String name, Load.Target target, ServerProcess process) {}

    /** One turn: processor time a request, requests a second, percentiles in microseconds. */
    record Window(double cpuMicros, double rate, double p50, double p99, long requests) {}

    private Turns() {}

    /** The windows of each variant, in the order of the rounds. */
    static Map<Variant, List<Window>> measure(List<Variant> variants, int connections, int rounds, double seconds)
            throws Exception {
        Map<Variant, List<Window>> windows = new LinkedHashMap<>();
        variants.forEach(variant -> windows.put(variant, new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < variants.size(); i++) {
                // Every other round runs backwards, so that no variant always follows the same one.
                Variant variant = variants.get(round % 2 == 0 ? i : variants.size() - 1 - i);
                windows.get(variant).add(window(variant, connections, seconds));
            }
        }
        return windows;
    }

    /**
     * Loads until three windows in a row agree on the CPU of a request within 5%, at least 30 s and at most 3 min; the
     * property {@code bench.warm} is the most windows of 5 s.
     */
    static void warm(Variant variant, int connections) throws Exception {
        List<Double> last = new ArrayList<>();
        int most = Integer.getInteger("bench.warm", 36);
        for (int i = 0; i < most; i++) {
            last.add(window(variant, connections, 5).cpuMicros());
            if (last.size() >= 6) {
                List<Double> three = last.subList(last.size() - 3, last.size());
                double min =
                        three.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
                double max =
                        three.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
                if (max / min < 1.05) {
                    break;
                }
            }
        }
        System.out.printf(Locale.ROOT, "%s is warm after %d s%n", variant.name(), 5 * last.size());
    }

    /** One window of load; what the server still does in the second after it counts too: deferred work is work. */
    private static Window window(Variant variant, int connections, double seconds) throws Exception {
        Duration before = variant.process().cpu();
        Load.Result result = Load.run(variant.target(), connections, seconds);
        Thread.sleep(1_000);
        double cpu = variant.process().cpu().minus(before).toNanos() / 1e3;
        if (result.errors() > 0) {
            throw new IllegalStateException(variant.name() + " answered " + result.errors() + " errors");
        }
        return new Window(
                cpu / result.requests(),
                result.rate(),
                result.quantileMicros(0.5),
                result.quantileMicros(0.99),
                result.requests());
    }

    /** The middle one, with the smallest and the largest. */
    static String ratio(List<Double> ratios) {
        double min = ratios.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double max = ratios.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        return String.format(Locale.ROOT, "%.3f [%.2f-%.2f]", median(ratios), min, max);
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
