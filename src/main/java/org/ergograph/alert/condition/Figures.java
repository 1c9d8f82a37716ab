package org.ergograph.alert.condition;

import java.util.Arrays;

/** The figures of a group in one stretch of time, each computed when it is first asked for. Not thread-safe. */
abstract sealed class Figures permits SeriesFigures, SampleFigures {
    private final boolean known;
    private final double[] values = new double[Measure.values().length];
    private int computed;

    /** @param known false if the stretch is out of reach, so that it is not even known that there is nothing */
    Figures(boolean known) {
        this.known = known;
        Arrays.fill(values, Double.NaN);
    }

    /** How many observations or samples. */
    abstract long count();

    /** The measure, which has no value if this is not a number. */
    abstract double compute(Measure measure);

    final boolean known() {
        return known;
    }

    /**
     * The measure; not a number if it is not known.
     *
     * @param minSamples with fewer, what rests on samples is not known
     */
    final double value(Measure measure, long minSamples) {
        if (!known || (measure.needsSamples() && count() < Math.max(1, minSamples))) {
            return Double.NaN;
        }
        int at = place(measure);
        if ((computed & (1 << at)) == 0) {
            computed |= 1 << at;
            values[at] = compute(measure);
        }
        return values[at];
    }

    @SuppressWarnings("EnumOrdinal") // a map would box every figure
    private static int place(Measure measure) {
        return measure.ordinal();
    }

    /** Why a measure is not known. */
    final String why(long minSamples) {
        if (!known) {
            return "nothing is known of that time";
        }
        return count() == 0
                ? "there are no samples"
                : "there are " + count() + " samples, and the rule wants " + minSamples;
    }
}
