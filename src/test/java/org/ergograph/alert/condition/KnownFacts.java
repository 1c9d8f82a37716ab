package org.ergograph.alert.condition;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.ergograph.observation.Kind;
import org.ergograph.window.Distribution;
import org.ergograph.window.ValueDistribution;

/** Facts that a test puts there; of any other stretch it is known that nothing happened, unless they are out of reach. */
final class KnownFacts implements FactsSource {
    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private static final class Stretch {
        final List<SeriesFacts> series = new ArrayList<>();
        final List<SampleFacts> samples = new ArrayList<>();
    }

    final Map<LookBack, Integer> asked = new HashMap<>();
    private final Map<LookBack, Stretch> stretches = new HashMap<>();
    private final Map<String, Double> thresholds = new HashMap<>();
    private Duration reach = Duration.ofDays(1000);
    private LookBack current = LookBack.of(Duration.ofMinutes(5));

    /** What follows happened in this stretch. */
    KnownFacts in(LookBack lookBack) {
        current = lookBack;
        return this;
    }

    KnownFacts in(String length) {
        return in(LookBack.of(Duration.parse(length)));
    }

    /** Beyond this nothing is known. */
    KnownFacts reach(Duration furthest) {
        reach = furthest;
        return this;
    }

    KnownFacts series(Kind kind, List<String> values, String node, long errors, double... seconds) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            attributes.put(kind.attributes().get(i), values.get(i));
        }
        String separator = kind == Kind.EXTERNAL || kind == Kind.WORKFLOW ? "/" : " ";
        String name = kind == Kind.TOOL || kind == Kind.MCP || kind == Kind.METHOD
                ? values.get(0)
                : String.join(separator, values);
        long[] nanos = new long[seconds.length];
        for (int i = 0; i < seconds.length; i++) {
            nanos[i] = Math.round(seconds[i] * 1e9);
        }
        stretch().series.add(new SeriesFacts(kind.label(), name, attributes, node, Distribution.of(errors, nanos)));
        return this;
    }

    KnownFacts tool(String name, long errors, double... seconds) {
        return series(Kind.TOOL, List.of(name, "general"), "n1", errors, seconds);
    }

    KnownFacts http(String endpoint, long errors, double... seconds) {
        return series(Kind.HTTP, List.of("GET", endpoint), "n1", errors, seconds);
    }

    KnownFacts sample(String name, String node, double... values) {
        stretch().samples.add(new SampleFacts(name, "%", node, ValueDistribution.of(values)));
        return this;
    }

    KnownFacts threshold(String name, double value) {
        thresholds.put(name, value);
        return this;
    }

    private Stretch stretch() {
        return stretches.computeIfAbsent(current, first -> new Stretch());
    }

    @Override
    public Facts facts(LookBack lookBack) {
        asked.merge(lookBack, 1, Integer::sum);
        Instant to = NOW.minus(lookBack.offset());
        if (lookBack.length().plus(lookBack.offset()).compareTo(reach) > 0) {
            return Facts.unknown(to);
        }
        Stretch known = stretches.getOrDefault(lookBack, new Stretch());
        return new Facts(to.minus(lookBack.length()), to, known.series, known.samples);
    }

    @Override
    public OptionalDouble threshold(String name) {
        Double value = thresholds.get(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
