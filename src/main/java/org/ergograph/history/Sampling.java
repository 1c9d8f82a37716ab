package org.ergograph.history;

import java.util.Arrays;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Observation;
import org.ergograph.observation.Series;

/**
 * Decides which observations get a row. Thread-safe; a decision takes no lock, allocates nothing once a series is known, and is
 * the same for all observations of a trace as far as the ratio goes.
 */
final class Sampling {
    private static final String OWN_TOOLS = "km_";
    /** The share below which the ratio does not fall by itself. */
    static final double LEAST_RATIO = 1e-4;

    private static final double MOST_GROWTH = 2;

    private static final byte UNKNOWN = 0;
    private static final byte ALWAYS = 1;
    private static final byte NEVER = 2;
    private static final byte SOMETIMES = 3;

    private final SamplingSettings settings;
    private final boolean everything;
    private final long slowNanos;
    private final long slowerThanNanos;
    private final Object growing = new Object();
    private volatile byte[] rules = new byte[256];
    private volatile double share = 1;
    /** Hashes below it are kept. */
    private volatile long limit;

    Sampling(SamplingSettings settings) {
        this.settings = settings;
        this.slowNanos = settings.slow().toNanos();
        this.slowerThanNanos =
                settings.slowerThan().isZero() ? -1 : settings.slowerThan().toNanos();
        this.everything = settings.ratio() >= 1
                && settings.maxRate() == 0
                && slowerThanNanos < 0
                && settings.kinds().size() == Kind.values().length;
        this.limit = limit(settings.ratio());
    }

    private static long limit(double ratio) {
        return ratio >= 1 ? Long.MAX_VALUE : (long) (ratio * Long.MAX_VALUE);
    }

    /** Whether the observation gets a row. */
    boolean keeps(Observation observation) {
        if (everything || observation.errorType() != null || observation.durationNanos() > slowNanos) {
            return true;
        }
        byte rule = rule(observation.series());
        if (rule != SOMETIMES) {
            return rule == ALWAYS;
        }
        return observation.durationNanos() > slowerThanNanos
                && hash(observation.traceIdHigh() ^ observation.traceIdLow()) <= limit;
    }

    /** Spreads trace ids that others made, who need not have made them at random; 63 bits. */
    private static long hash(long id) {
        long mixed = (id ^ (id >>> 32)) * 0xd6e8feb86659fd93L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xd6e8feb86659fd93L;
        return (mixed ^ (mixed >>> 32)) >>> 1;
    }

    private byte rule(Series series) {
        byte[] known = rules;
        int id = series.id();
        byte rule = id < known.length ? known[id] : UNKNOWN;
        return rule == UNKNOWN ? learn(series) : rule;
    }

    /** Once a series. */
    private byte learn(Series series) {
        byte rule = ruleOf(series);
        synchronized (growing) {
            byte[] known = rules;
            if (series.id() >= known.length) {
                known = Arrays.copyOf(known, Math.max(series.id() + 1, known.length * 2));
            }
            known[series.id()] = rule;
            rules = known;
        }
        return rule;
    }

    private byte ruleOf(Series series) {
        Kind kind = series.kind();
        if (kind == Kind.ADMIN || (kind == Kind.TOOL && series.value(0).startsWith(OWN_TOOLS))) {
            return ALWAYS;
        }
        return settings.kinds().contains(kind) ? SOMETIMES : NEVER;
    }

    /** The share of traces that is kept now, where nothing else decides. */
    double ratio() {
        return settings.ratio() * share;
    }

    /** Lowers or raises the ratio, from how many rows there were in the time just past. */
    void adapt(long rows, long elapsedNanos) {
        if (settings.maxRate() > 0 && elapsedNanos > 0) {
            share = next(share, rows * 1e9 / elapsedNanos, settings.maxRate());
            limit = limit(ratio());
        }
    }

    /**
     * The share that would have made as many rows as there may be: less at once, more no faster than doubling.
     *
     * @param rowsPerSecond with the share that there was
     */
    static double next(double share, double rowsPerSecond, int maxRate) {
        double right = rowsPerSecond <= 0 ? 1 : share * maxRate / rowsPerSecond;
        return Math.max(LEAST_RATIO, Math.min(1, Math.min(right, share * MOST_GROWTH)));
    }
}
