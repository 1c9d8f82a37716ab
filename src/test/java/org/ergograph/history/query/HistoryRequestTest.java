package org.ergograph.history.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ergograph.history.names.SeriesFilter;
import org.ergograph.history.rollup.Tier;
import org.ergograph.web.ProblemException;
import org.ergograph.web.QueryParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryRequestTest {
    static final Instant NOW = Instant.parse("2026-11-20T12:34:56Z");

    /** @param query names and values as in a URL, nothing escaped */
    static HistoryRequest read(String query) {
        Map<String, List<String>> given = new TreeMap<>();
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                given.computeIfAbsent(pair.substring(0, equals), name -> new ArrayList<>())
                        .add(pair.substring(equals + 1));
            }
        }
        QueryParameters parameters = new QueryParameters(given);
        HistoryRequest request = HistoryRequest.read(parameters, NOW);
        parameters.check();
        return request;
    }

    @Test
    void nothingSaidIsTheLastHourOfEverySeries() {
        HistoryRequest request = read("");
        assertThat(request.from()).isEqualTo(NOW.minus(Duration.ofHours(1)));
        assertThat(request.to()).isEqualTo(NOW);
        assertThat(request.series()).singleElement().matches(SeriesFilter::takesAll);
        assertThat(request.grouping()).isEqualTo(Grouping.SERIES);
        assertThat(request.perNode()).isFalse();
        assertThat(request.quantiles()).containsExactly(0.5, 0.95, 0.99);
        assertThat(request.tier()).isNull();
        assertThat(request.step()).isNull();
    }

    @Test
    void everythingCanBeSaid() {
        HistoryRequest request =
                read("from=2026-11-19T00:00:00Z&to=2026-11-20T00:00:00Z&kind=http&method=GET&endpoint=/a&name=GET /a"
                        + "&groupBy=kind&perNode=true&node=a&percentiles=99.9, 0,100,50.0&tier=5m&step=PT10M");
        assertThat(request.series())
                .containsExactly(new SeriesFilter("http", "GET /a", Map.of("method", "GET", "endpoint", "/a")));
        assertThat(request.grouping()).isEqualTo(Grouping.KIND);
        assertThat(request.perNode()).isTrue();
        assertThat(request.node()).isEqualTo("a");
        assertThat(request.percentiles()).extracting(Object::toString).containsExactly("0", "50", "99.9", "100");
        assertThat(request.quantiles()).containsExactly(0, 0.5, 0.999, 1);
        assertThat(request.tier()).isEqualTo(Tier.FIVE_MINUTES);
        assertThat(request.step()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void severalSeriesAreNamedByKindAndName() {
        assertThat(read("series=http:GET /a:b&series=sample:cpu_usage_percent").series())
                .containsExactly(
                        new SeriesFilter("http", "GET /a:b", Map.of()),
                        new SeriesFilter("sample", "cpu_usage_percent", Map.of()));
    }

    @Test
    void groupsByNodeKeepNodesApart() {
        assertThat(read("groupBy=node").perNode()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        from=2026-11-20T00:00:00Z&to=2026-11-19T00:00:00Z | from | not after to
        percentiles=101 | percentiles | from 0 to 100
        percentiles=-1 | percentiles | from 0 to 100
        percentiles=99.1234567 | percentiles | decimals
        percentiles=50,,99 | percentiles | commas
        percentiles=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21 | percentiles | at most 20
        tier=2m | tier | auto, 1m, 5m, 1h, 1d
        step=PT0S | step | a multiple of PT1M
        step=PT90S | step | a multiple of PT1M
        step=10 | step | ISO-8601
        step=PT1M&from=2026-10-20T12:34:56Z | step | at least PT23M
        groupBy=colour | groupBy | series, name, kind, node, none
        kind=cpu | kind | http
        kind=db&endpoint=/a | endpoint | an attribute of db
        table=t&endpoint=/a | endpoint | an attribute of a kind
        series=http | series | a kind, a colon and a name
        series=colour:red | series | the kinds are
        series=http:GET /a&kind=http | series | absent where
        perNode=yes | perNode | true, false
        colour=red | colour | one of the parameters
        """)
    void faultNamesTheParameterAndWhatIsAllowed(String query, String field, String allowed) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> read(query))
                .satisfies(e -> assertThat(e.problem().errors()).singleElement().satisfies(fault -> {
                    assertThat(fault.field()).isEqualTo(field);
                    assertThat(fault.allowed()).contains(allowed);
                }));
    }
}
