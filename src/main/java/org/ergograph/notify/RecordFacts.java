package org.ergograph.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.ergograph.alert.condition.Facts;
import org.ergograph.alert.condition.FactsSource;
import org.ergograph.alert.condition.LookBack;
import org.ergograph.alert.condition.SampleFacts;
import org.ergograph.alert.condition.SeriesFacts;
import org.ergograph.history.names.SeriesRow;
import org.ergograph.history.query.RecordedGroups;
import org.ergograph.observation.Kind;
import org.ergograph.window.Distribution;
import org.ergograph.window.ValueDistribution;

/**
 * Facts of all nodes, from the record. A long stretch is not read at every moment: what it came to is good for a small part of
 * its length, since it changes as slowly. Not thread-safe; blocks on the database.
 */
final class RecordFacts {
    /** What a stretch came to is good for its length divided by this. */
    private static final int SHARE = 200;

    private record Read(Instant at, Facts facts) {}

    private final RecordedGroups groups;
    private final Function<String, OptionalDouble> thresholds;
    private final Map<LookBack, Read> kept = new HashMap<>();

    RecordFacts(RecordedGroups groups, Function<String, OptionalDouble> thresholds) {
        this.groups = groups;
        this.thresholds = thresholds;
    }

    /** The facts as they are at this moment. */
    FactsSource at(Instant now) {
        kept.values().removeIf(read -> Duration.between(read.at(), now).abs().compareTo(Duration.ofDays(1)) > 0);
        Map<LookBack, Facts> ofThisMoment = new HashMap<>();
        return new FactsSource() {
            @Override
            public Facts facts(LookBack lookBack) {
                return ofThisMoment.computeIfAbsent(lookBack, asked -> recent(asked, now));
            }

            @Override
            public OptionalDouble threshold(String name) {
                return thresholds.apply(name);
            }
        };
    }

    private Facts recent(LookBack lookBack, Instant now) {
        Read before = kept.get(lookBack);
        Duration good = lookBack.length().dividedBy(SHARE);
        if (before != null && Duration.between(before.at(), now).abs().compareTo(good) < 0) {
            return before.facts();
        }
        Facts facts = read(lookBack, now);
        kept.put(lookBack, new Read(now, facts));
        return facts;
    }

    private Facts read(LookBack lookBack, Instant now) {
        Instant to = now.minus(lookBack.offset());
        List<SeriesFacts> series = new ArrayList<>();
        List<SampleFacts> samples = new ArrayList<>();
        RecordedGroups.Taker taker = new RecordedGroups.Taker() {
            @Override
            public void observed(SeriesRow row, String node, Distribution durations) {
                series.add(new SeriesFacts(row.kind, row.name, attributes(row), node, durations));
            }

            @Override
            public void sampled(SeriesRow row, String node, ValueDistribution values) {
                samples.add(new SampleFacts(row.first, row.second, node, values));
            }
        };
        return groups.read(to.minus(lookBack.length()), to, now, taker)
                .map(covered -> new Facts(covered.from(), covered.to(), series, samples))
                .orElseGet(() -> Facts.unknown(to));
    }

    private static Map<String, String> attributes(SeriesRow row) {
        Map<String, String> attributes = new LinkedHashMap<>();
        List<String> names = Kind.parse(row.kind).map(Kind::attributes).orElse(List.of());
        for (int i = 0; i < names.size(); i++) {
            attributes.put(names.get(i), i == 0 ? row.first : row.second);
        }
        return attributes;
    }
}
