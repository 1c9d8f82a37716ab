package org.ergograph.alert.routing;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** A value with its unit, as people read it. */
final class Figure {
    private enum Unit {
        SECONDS,
        RATIO,
        PERCENT,
        PER_SECOND,
        COUNT,
        NONE
    }

    private static final Map<String, Unit> UNITS = Map.ofEntries(
            Map.entry("mean", Unit.SECONDS),
            Map.entry("min", Unit.SECONDS),
            Map.entry("max", Unit.SECONDS),
            Map.entry("p50", Unit.SECONDS),
            Map.entry("p90", Unit.SECONDS),
            Map.entry("p95", Unit.SECONDS),
            Map.entry("p99", Unit.SECONDS),
            Map.entry("p50_response_time", Unit.SECONDS),
            Map.entry("p90_response_time", Unit.SECONDS),
            Map.entry("p95_response_time", Unit.SECONDS),
            Map.entry("p99_response_time", Unit.SECONDS),
            Map.entry("mean_response_time", Unit.SECONDS),
            Map.entry("pool_wait", Unit.SECONDS),
            Map.entry("pool_utilization", Unit.RATIO),
            Map.entry("cache_hit_rate", Unit.RATIO),
            Map.entry("error_rate", Unit.RATIO),
            Map.entry("rate", Unit.PER_SECOND),
            Map.entry("errors_per_second", Unit.PER_SECOND),
            Map.entry("requests_per_second", Unit.PER_SECOND),
            Map.entry("count", Unit.COUNT),
            Map.entry("errors", Unit.COUNT));

    private Figure() {}

    /** {@code 1.52 s} of {@code p95}, {@code 7.3 %} of {@code error_rate}; {@code no value} if there is none. */
    static String text(String metric, OptionalDouble value) {
        if (value.isEmpty()) {
            return "no value";
        }
        double number = value.getAsDouble();
        return switch (unit(metric)) {
            case SECONDS -> seconds(number);
            case RATIO -> number(number * 100) + " %";
            case PERCENT -> number(number) + " %";
            case PER_SECOND -> number(number) + "/s";
            case COUNT, NONE -> number(number);
        };
    }

    private static Unit unit(String metric) {
        boolean isSample = metric.startsWith("sample(");
        int dot = metric.lastIndexOf('.');
        String measure = dot < 0 ? metric : metric.substring(dot + 1);
        if (isSample) {
            return measure.equals("count") ? Unit.COUNT : ofSample(metric);
        }
        if (measure.endsWith("_usage")) {
            return Unit.PERCENT;
        }
        return UNITS.getOrDefault(measure, Unit.NONE);
    }

    /** The names of samples end with their unit. */
    private static Unit ofSample(String metric) {
        if (metric.contains("_percent\"")) {
            return Unit.PERCENT;
        }
        if (metric.contains("_seconds\"")) {
            return Unit.SECONDS;
        }
        return metric.contains("_ratio\"") ? Unit.RATIO : Unit.NONE;
    }

    private static String seconds(double seconds) {
        double size = Math.abs(seconds);
        if (size >= 1 || size == 0) {
            return number(seconds) + " s";
        }
        return size >= 0.001 ? number(seconds * 1e3) + " ms" : number(seconds * 1e6) + " µs";
    }

    /** Three digits that count, all before the point, and no zeros at the end. */
    private static String number(double number) {
        if (!Double.isFinite(number)) {
            return Double.isNaN(number) ? "no value" : number > 0 ? "infinite" : "-infinite";
        }
        double size = Math.abs(number);
        int places = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        String text = String.format(Locale.ROOT, "%." + places + "f", number);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }
}
