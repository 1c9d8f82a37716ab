package org.ergograph.history.query;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Where the use of a resource is going; less is better. The slope is that of Theil and Sen, the median of the slopes between all
 * pairs of points, so that single outliers do not matter.
 */
public enum Trend {
    IMPROVING,
    STABLE,
    DEGRADING,
    /** Fewer than {@value #ENOUGH} samples. */
    NOT_ENOUGH_DATA;

    /** How many samples are needed to speak of a trend. */
    public static final int ENOUGH = 10;

    /** A change over the whole range that is smaller than this share of the median is none. */
    static final double BAND = 0.1;

    private static final int FEWEST_POINTS = 3;

    /** A mean at a moment. */
    record Point(double seconds, double value) {}

    /** @param samples how many samples the points are the means of */
    static Trend of(List<Point> points, long samples) {
        if (samples < ENOUGH || points.size() < FEWEST_POINTS) {
            return NOT_ENOUGH_DATA;
        }
        double range = points.get(points.size() - 1).seconds() - points.get(0).seconds();
        double usual = median(points.stream().mapToDouble(Point::value).toArray());
        double change = slope(points) * range;
        if (Math.abs(change) <= BAND * Math.abs(usual)) {
            return STABLE;
        }
        return change > 0 ? DEGRADING : IMPROVING;
    }

    private static double slope(List<Point> points) {
        int size = points.size();
        double[] slopes = new double[size * (size - 1) / 2];
        int at = 0;
        for (int i = 0; i < size; i++) {
            for (int j = i + 1; j < size; j++) {
                slopes[at++] = (points.get(j).value() - points.get(i).value())
                        / (points.get(j).seconds() - points.get(i).seconds());
            }
        }
        return median(slopes);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    /** The name as it is shown, {@code not enough data} say. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
