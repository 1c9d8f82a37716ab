package org.ergograph.history.rollup;

import java.util.List;
import org.ergograph.window.DistributionAdder;
import org.ergograph.window.ValueAdder;

/** Adds rows up. A row that cannot be read is told and left out, so that it does not hold up all others. Not thread-safe. */
final class RowAdder {
    private static final System.Logger LOG = System.getLogger(RowAdder.class.getName());

    private final DistributionAdder durations = new DistributionAdder();
    private final ValueAdder values = new ValueAdder();

    Figures sum(List<RollupRow> rows) {
        try {
            for (RollupRow row : rows) {
                row.addTo(durations);
                row.addTo(values);
            }
            return take();
        } catch (IllegalArgumentException e) {
            take();
            Figures sum = Figures.NONE;
            for (RollupRow row : rows) {
                sum = sum(sum, readable(row));
            }
            return sum;
        }
    }

    private Figures readable(RollupRow row) {
        try {
            row.addTo(durations);
            row.addTo(values);
        } catch (IllegalArgumentException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "rollup: " + row.count() + " observations of series " + row.series() + " in minute "
                            + row.startMinute() + " are lost: their sketch cannot be read",
                    e);
        }
        return take();
    }

    Figures sum(Figures one, Figures other) {
        durations.add(one.durations());
        durations.add(other.durations());
        values.add(one.values());
        values.add(other.values());
        return take();
    }

    private Figures take() {
        return new Figures(durations.take(), values.take());
    }
}
