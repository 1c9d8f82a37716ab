package org.ergograph.alert.condition;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What was measured in a stretch of time. Immutable.
 *
 * @param from inclusive; the stretch may be somewhat longer than was asked for, since the record has whole minutes
 * @param to exclusive
 */
public record Facts(Instant from, Instant to, List<SeriesFacts> series, List<SampleFacts> samples) {
    public Facts {
        series = List.copyOf(series);
        samples = List.copyOf(samples);
    }

    /** Nothing is known of the stretch, not even that nothing happened: it is out of reach. */
    public static Facts unknown(Instant at) {
        return new Facts(at, at, List.of(), List.of());
    }

    /** Whether anything is known of the stretch: one without a length is out of reach. */
    public boolean known() {
        return to.isAfter(from);
    }

    /** The length of the stretch in seconds; what rates are divided by. */
    public double seconds() {
        return Duration.between(from, to).toNanos() / 1e9;
    }
}
