package org.ergograph.alert.condition;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names that conditions have for figures, beside those of the measures themselves. */
public final class Words {
    private static final Map<String, String> MEASURES = Map.of(
            "p50_response_time", "p50",
            "p90_response_time", "p90",
            "p95_response_time", "p95",
            "p99_response_time", "p99",
            "mean_response_time", "mean",
            "requests_per_second", "rate");

    private static final Map<String, String> SAMPLES = samples();

    private Words() {}

    private static Map<String, String> samples() {
        Map<String, String> samples = new LinkedHashMap<>();
        samples.put("cpu_usage", "cpu_usage_percent");
        samples.put("memory_usage", "memory_usage_percent");
        samples.put("disk_usage", "disk_usage_percent");
        samples.put("heap_usage", "heap_usage_percent");
        samples.put("pool_utilization", "pool_database_utilization_ratio");
        samples.put("pool_wait", "pool_database_wait_seconds");
        samples.put("cache_hit_rate", "cache_hit_rate");
        return samples;
    }

    /** The measure's own name. */
    public static String measure(String word) {
        return MEASURES.getOrDefault(word, word);
    }

    /** The samples whose mean this name stands for. */
    public static Optional<String> sampled(String word) {
        return Optional.ofNullable(SAMPLES.get(word));
    }

    /** All names that this source has, for people. */
    static String all(Source source) {
        if (source.isOfSamples()) {
            return Measure.words(true);
        }
        Stream<String> more = source.of() == Source.Of.SUBJECT ? SAMPLES.keySet().stream() : Stream.empty();
        return Stream.concat(
                        Stream.concat(
                                Stream.of(Measure.words(false)),
                                MEASURES.keySet().stream().sorted()),
                        more)
                .collect(Collectors.joining(", "));
    }
}
