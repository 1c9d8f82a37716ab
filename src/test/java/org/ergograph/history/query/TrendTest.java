package org.ergograph.history.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrendTest {
    private static List<Trend.Point> points(double... values) {
        List<Trend.Point> points = new ArrayList<>();
        Arrays.stream(values).forEach(value -> points.add(new Trend.Point(60.0 * points.size(), value)));
        return points;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        rises by a half | 10 11 12 13 14 15 | DEGRADING
        falls by a half | 15 14 13 12 11 10 | IMPROVING
        rises by less than a tenth | 100 101 102 103 104 105 | STABLE
        stays | 5 5 5 5 | STABLE
        nothing at all | 0 0 0 0 | STABLE
        one outlier is no trend | 10 10 10 10 900 10 10 10 | STABLE
        an outlier does not hide a trend | 10 12 14 1 18 20 22 | DEGRADING
        two points are none | 10 20 | NOT_ENOUGH_DATA
        """)
    void trendIsTheMedianSlope(String why, String values, Trend trend) {
        double[] each = Arrays.stream(values.split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        assertThat(Trend.of(points(each), 100)).as(why).isEqualTo(trend);
    }

    @Test
    void fewerThanTenSamplesAreNotEnough() {
        assertThat(Trend.of(points(1, 2, 3, 4), 9)).isEqualTo(Trend.NOT_ENOUGH_DATA);
        assertThat(Trend.of(points(1, 2, 3, 4), 10)).isEqualTo(Trend.DEGRADING);
        assertThat(Trend.NOT_ENOUGH_DATA.word()).isEqualTo("not enough data");
    }
}
