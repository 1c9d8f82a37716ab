package org.ergograph.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RobustScoreTest {
    @Test
    void scoreIsTheDistanceFromTheMedianInMedianDistances() {
        // Median 3; distances 2, 1, 0, 1, 97; their median is 1.
        assertThat(RobustScore.of(6, 1, 2, 3, 4, 100)).isCloseTo(3 / 1.4826, within(1e-12));
        assertThat(RobustScore.of(0, 1, 2, 3, 4, 100)).isCloseTo(-3 / 1.4826, within(1e-12));
        // Median 2.5; distances 1.5, 0.5, 0.5, 1.5; their median is 1.
        assertThat(RobustScore.of(4.5, 4, 3, 2, 1)).isCloseTo(2 / 1.4826, within(1e-12));
    }

    @Test
    void orderDoesNotMatterAndStays() {
        double[] usual = {3, 1, 2};
        assertThat(RobustScore.of(9, usual)).isEqualTo(RobustScore.of(9, 1, 2, 3));
        assertThat(usual).containsExactly(3, 1, 2);
    }

    @Test
    void whatIsUsualHasTheScoreNought() {
        assertThat(RobustScore.of(0, 0, 0, 0)).isZero();
        assertThat(RobustScore.of(5, 5, 5, 5)).isZero();
    }

    @Test
    void spreadIsAHundredthOfTheMedianAtLeast() {
        assertThat(RobustScore.of(11, 10, 10, 10)).isCloseTo(10, within(1e-9));
        assertThat(RobustScore.of(-11, -10, -10, -10)).isCloseTo(-10, within(1e-9));
    }

    @Test
    void scoreIsNeverBeyondTheGreatest() {
        assertThat(RobustScore.of(0.5, 0, 0, 0)).isEqualTo(RobustScore.GREATEST);
        assertThat(RobustScore.of(-0.5, 0, 0, 0)).isEqualTo(-RobustScore.GREATEST);
        assertThat(RobustScore.of(1e300, 1, 2, 3)).isEqualTo(RobustScore.GREATEST);
    }

    @Test
    void ofNormalValuesItIsNearTheirStandardScore() {
        Random random = new Random(7);
        double[] usual = random.doubles(20_000)
                .map(ignored -> 100 + 15 * random.nextGaussian())
                .toArray();
        assertThat(RobustScore.of(145, usual)).isCloseTo(3, within(0.1));
    }

    @Test
    void nothingToCompareWithIsRefused() {
        assertThatThrownBy(() -> RobustScore.of(1)).hasMessage("there are no values to compare with");
    }
}
