package org.ergograph.notify.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromQlParserTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "mcp_cpu_usage_percent > 80",
                "sum(rate(mcp_http_requests_total{status=~\"5..\",endpoint=\"/x\"}[5m])) / sum(rate(mcp_http_requests_total[5m])) > 0.05",
                "histogram_quantile(0.95, sum by (le, tool) (rate(x_bucket[1h30m] offset 1d))) >= 1.5",
                "a + b * c - (d - e) / (f * g)",
                "(a or b) and c or d",
                "a > 1 unless b == 2",
                "a - (b + c)",
                "f(a, 0, g())",
                "a{x=\"back\\\\slash \\\"quoted\\\" \\n line\"} > -1"
            })
    void whatIsReadIsWrittenAgain(String text) {
        assertThat(PromQlParser.parse(text)).hasToString(text);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        labels may stand behind                | sum(rate(x[5m])) by (le)        | sum by (le) (rate(x[5m]))
        comments and spaces do not count       | a>1 # why                       | a > 1
        a comma may follow the last matcher    | a{b='c',} > 1                   | a{b="c"} > 1
        quotes of three kinds                  | a{b=`c\\d`} > 1                 | a{b="c\\\\d"} > 1
        numbers of every shape                 | a > .5 or a > 1e3 or a > 0.0001 | a > 0.5 or a > 1000 or a > 0.0001
        a week and a year                      | a[1w] > b[1y]                   | a[7d] > b[365d]
        needless parentheses go                | ((a) > (1))                     | a > 1
        """)
    void whatMeansTheSameIsWrittenTheSame(String why, String text, String written) {
        assertThat(PromQlParser.parse(text)).as(why).hasToString(written);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        empty                    | ''                                    | 'the end' at position 1
        a word too many          | a b                                   | 'b' at position 3
        matching by labels       | a > on (x) b                          | 'on' at position 5 is PromQL that does not translate
        comparing for a number   | a > bool 1                            | 'bool' at position 5 is PromQL that does not translate
        all labels but some      | sum without (x) (a)                   | 'without' at position 5 is PromQL that does not translate
        an instant               | a @ 5                                 | '@' at position 3 is PromQL that does not translate
        powers                   | a ^ 2                                 | '^' at position 3 is PromQL that does not translate
        no metric                | {job="x"}                             | names no metric
        a subquery               | max_over_time(a[5m:1m])               | ':1m' at position 19 is not expected
        an open parenthesis      | (a > 1                                | 'the end' at position 7
        an open text             | a{b="c} > 1                           | '"' at position 5 begins nothing
        an unknown sign          | a > 1;                                | ';' at position 6 begins nothing
        no duration              | a[5]                                  | '5' at position 3
        """)
    void restOfPromQlIsRefusedWithItsPlace(String why, String text, String message) {
        assertThatExceptionOfType(UntranslatableException.class)
                .as(why)
                .isThrownBy(() -> PromQlParser.parse(text))
                .withMessageContaining(message);
    }

    @Test
    void depthAndLengthAreBounded() {
        assertThatExceptionOfType(UntranslatableException.class)
                .isThrownBy(() -> PromQlParser.parse("(".repeat(3_000) + "a" + ")".repeat(3_000)))
                .withMessageContaining("nested deeper");
        assertThatExceptionOfType(UntranslatableException.class)
                .isThrownBy(() -> PromQlParser.parse("a".repeat(9_000)))
                .withMessageContaining("9000 characters");
    }

    @Test
    void durationsAreShownAsTheyAreRead() {
        for (String text : new String[] {"5m", "1h30m", "1d2h3m4s5ms", "0s"}) {
            Duration duration = PromQlParser.duration(text);
            assertThat(PromQl.shown(duration)).isEqualTo(text);
        }
    }
}
