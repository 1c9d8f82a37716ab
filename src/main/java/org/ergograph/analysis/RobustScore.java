package org.ergograph.analysis;

import java.util.Arrays;

/**
 * How far a value is from what is usual, in standard deviations that single outliers do not stretch: the distance from the median
 * over 1.4826 times the median absolute deviation (the modified z-score of B. Iglewicz and D. Hoaglin, How to Detect and Handle
 * Outliers, 1993; 1.4826 makes the median absolute deviation that of a normal distribution). They call values beyond 3.5 outliers.
 *
 * <p>The spread counts as a hundredth of the median at least: figures of sketches are no more exact than that, and a history
 * that never varied would otherwise make every change infinitely unusual.
 */
public final class RobustScore {
    /** No value is further away than this: it stands for all that is unlike a history of nothing but zeros. */
    public static final double GREATEST = 1000;

    private static final double NORMAL = 1.4826;
    private static final double LEAST_SPREAD = 0.01;

    private RobustScore() {}

    /**
     * The score, positive above the median, from -{@link #GREATEST} to {@link #GREATEST}.
     *
     * @param value finite
     * @param usual finite, at least one; in any order
     * @throws IllegalArgumentException if there is none
     */
    public static double of(double value, double... usual) {
        if (usual.length == 0) {
            throw new IllegalArgumentException("there are no values to compare with");
        }
        double median = median(usual.clone());
        double[] distances = new double[usual.length];
        for (int i = 0; i < usual.length; i++) {
            distances[i] = Math.abs(usual[i] - median);
        }
        double spread = Math.max(NORMAL * median(distances), LEAST_SPREAD * Math.abs(median));
        double distance = value - median;
        if (distance == 0) {
            return 0;
        }
        return Math.max(-GREATEST, Math.min(GREATEST, distance / spread));
    }

    /** Puts the values in order. */
    private static double median(double[] values) {
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : values[middle - 1] / 2 + values[middle] / 2;
    }
}
