package org.ergograph.history.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.ergograph.history.query.HistoryAnswer.Item;
import org.ergograph.history.rollup.Tier;
import org.ergograph.it.Json;
import org.ergograph.observation.Kind;
import org.ergograph.web.ProblemException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoryTest {
    private static final Instant NOW = HistoryRequestTest.NOW;
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private Map<String, PastDatabase> databases = Map.of();

    @BeforeAll
    void open() throws SQLException {
        databases = Map.of("h2", new PastDatabase("h2"), "postgresql", new PastDatabase("postgresql"));
        for (PastDatabase database : databases.values()) {
            fill(database);
        }
    }

    @AfterAll
    void close() {
        databases.values().forEach(PastDatabase::close);
    }

    /** Two series on two nodes, a request each second from noon on: as long as the second of the hour says, every tenth an error. */
    private static void fill(PastDatabase database) throws SQLException {
        for (String node : List.of("a", "b")) {
            for (int second = 0; second < 1800; second++) {
                Instant end = NOON.plusSeconds(second);
                database.http(node, "GET", "/one", end, (second + 1) * 1_000_000L, second % 10 == 0);
                if (node.equals("a")) {
                    database.http(node, "POST", "/two", end, 5_000_000, false);
                    if (second % 30 == 0) {
                        database.sample(node, "cpu_usage_percent", "%", end, second / 30.0);
                    }
                }
            }
            database.commit();
        }
    }

    private HistoryAnswer ask(String product, String query) {
        try {
            return Objects.requireNonNull(databases.get(product)).history.answer(HistoryRequestTest.read(query), NOW);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Figures only(HistoryAnswer answer) {
        assertThat(answer.items()).hasSize(1);
        assertThat(answer.items().get(0).points()).hasSize(1);
        return answer.items().get(0).points().get(0).figures();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void figuresOfNodesAreAddedUp(String product) {
        HistoryAnswer answer = ask(product, "name=GET /one&percentiles=0,50,99,100");
        Figures figures = only(answer);
        assertThat(figures.count()).isEqualTo(3600);
        assertThat(figures.errors()).isEqualTo(360);
        assertThat(figures.mean()).isCloseTo(0.9005, within(1e-12));
        assertThat(figures.min()).isEqualTo(0.001);
        assertThat(figures.max()).isEqualTo(1.8);
        assertThat(figures.quantiles().get(0)).isEqualTo(0.001);
        assertThat(figures.quantiles().get(1)).isCloseTo(0.9, within(0.009));
        assertThat(figures.quantiles().get(2)).isCloseTo(1.782, within(0.01782));
        assertThat(figures.quantiles().get(3)).isEqualTo(1.8);
        assertThat(answer.items().get(0).nodes()).containsExactly("a", "b");
        assertThat(answer.coveredFrom()).hasValue(Instant.parse("2026-11-20T11:34:00Z"));
        assertThat(answer.coveredTo()).hasValue(Instant.parse("2026-11-20T12:35:00Z"));
        assertThat(answer.since()).isEqualTo(NOON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void onlyTheRangeCounts(String product) {
        assertThat(only(ask(product, "name=GET /one&node=a&from=2026-11-20T12:10:00Z&to=2026-11-20T12:11:00Z")))
                .matches(figures -> figures.count() == 60 && figures.min() == 0.601 && figures.max() == 0.66);
        assertThat(ask(product, "from=2026-11-20T12:30:00Z&to=2026-11-20T12:31:00Z")
                        .items())
                .isEmpty();
        assertThat(ask(product, "from=2026-11-19T00:00:00Z&to=2026-11-20T12:00:00Z")
                        .items())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void everyTierAnswersTheSame(String product) {
        for (String tier : List.of("1m", "5m", "1h", "1d")) {
            assertThat(only(ask(product, "endpoint=/one&from=2026-11-20T12:00:00Z&tier=" + tier))
                            .count())
                    .as(tier)
                    .isEqualTo(3600);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void seriesAreGroupedAsAskedFor(String product) {
        assertThat(groups(ask(product, ""))).containsExactly("http GET /one", "http POST /two");
        assertThat(groups(ask(product, "groupBy=name"))).containsExactly("http GET /one", "http POST /two");
        assertThat(groups(ask(product, "groupBy=kind"))).containsExactly("http null");
        assertThat(groups(ask(product, "groupBy=none"))).containsExactly("null null");
        assertThat(groups(ask(product, "groupBy=node"))).containsExactly("null null", "null null");
        assertThat(groups(ask(product, "series=http:GET /one&series=sample:cpu_usage_percent&groupBy=kind")))
                .containsExactly("http null", "sample cpu_usage_percent");
        assertThat(only(ask(product, "groupBy=none")).count()).isEqualTo(5400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void nodesAreKeptApartIfAskedFor(String product) {
        List<Item> items = ask(product, "endpoint=/one&perNode=true").items();
        assertThat(items).extracting(Item::nodes).containsExactly(List.of("a"), List.of("b"));
        assertThat(items)
                .allSatisfy(item ->
                        assertThat(item.points().get(0).figures().count()).isEqualTo(1800));
        assertThat(ask(product, "node=nobody").items()).isEmpty();
    }

    private static List<String> groups(HistoryAnswer answer) {
        return answer.items().stream()
                .map(item -> item.group().kind() + " " + item.group().name())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void stepsArePointsOfATimeSeries(String product) {
        HistoryAnswer answer = ask(product, "endpoint=/one&node=a&step=PT10M");
        assertThat(answer.pieces()).singleElement().matches(piece -> piece.tier() == Tier.FIVE_MINUTES);
        assertThat(answer.items().get(0).points())
                .extracting(point -> point.from() + " " + point.figures().count())
                .containsExactly("2026-11-20T12:00:00Z 600", "2026-11-20T12:10:00Z 600", "2026-11-20T12:20:00Z 600");
        assertThat(answer.items().get(0).points().get(0).ratePerSecond(NOW)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void samplesHaveTheirUnit(String product) {
        HistoryAnswer answer = ask(product, "kind=sample&name=cpu_usage_percent");
        assertThat(answer.items().get(0).group().unit()).isEqualTo("%");
        assertThat(only(answer))
                .matches(figures -> figures.count() == 60 && figures.min() == 0 && figures.max() == 59)
                .matches(figures -> Math.abs(figures.mean() - 29.5) < 1e-9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void percentilesAreWithinTheStatedErrorWhateverTheRange(String product) {
        Random random = new Random(4);
        for (int i = 0; i < 50; i++) {
            int first = random.nextInt(29);
            int last = first + 1 + random.nextInt(30 - first - 1);
            Figures figures = only(ask(
                    product,
                    "endpoint=/one&percentiles=50,95,99&from=" + NOON.plusSeconds(first * 60L) + "&to="
                            + NOON.plusSeconds(last * 60L)));
            double[] exact = exact(first * 60, last * 60);
            assertThat(figures.count()).isEqualTo(exact.length);
            double[] shares = {0.5, 0.95, 0.99};
            for (int q = 0; q < 3; q++) {
                double wanted = exact[(int) Math.ceil(shares[q] * exact.length - 1e-9) - 1];
                assertThat(figures.quantiles().get(q))
                        .as("%s of minutes %s to %s", shares[q], first, last)
                        .isCloseTo(wanted, within(wanted * 0.01));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void recordedFiguresAreTheSumOfWhatIsAskedFor(String product) throws SQLException {
        History history = Objects.requireNonNull(databases.get(product)).history;
        RecordedFigures all = RecordedCalls.figures(history, HistoryRequestTest.read("kind=http&groupBy=none"), NOW);
        assertThat(all.count()).isEqualTo(5400);
        assertThat(all.errors()).isEqualTo(360);
        assertThat(all.maxSeconds()).hasValue(1.8);
        RecordedFigures none = RecordedCalls.figures(history, HistoryRequestTest.read("kind=db&groupBy=none"), NOW);
        assertThat(none.count()).isZero();
        assertThat(none.p95Seconds()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void summaryOfHoursHasKindsAndMetrics(String product) throws SQLException {
        History history = Objects.requireNonNull(databases.get(product)).history;
        RecordedSummary summary = RecordedSummaries.of(history, 24, NOW);
        RecordedFigures http = Objects.requireNonNull(summary.byKind().get(Kind.HTTP));
        assertThat(http.count()).isEqualTo(5400);
        assertThat(http.errors()).isEqualTo(360);
        assertThat(Objects.requireNonNull(summary.byKind().get(Kind.DB)).count())
                .isZero();
        // There are figures since noon only.
        assertThat(summary.hours()).isCloseTo((34 * 60 + 56) / 3600.0, within(1e-9));
        assertThat(summary.metrics()).singleElement().satisfies(cpu -> {
            assertThat(cpu.name()).isEqualTo("cpu_usage_percent");
            assertThat(cpu.count()).isEqualTo(60);
            assertThat(cpu.mean()).isCloseTo(29.5, within(1e-9));
            assertThat(cpu.standardDeviation()).isCloseTo(17.318, within(0.2));
        });
        assertThat(RecordedSummaries.of(history, 1, NOW).metrics().get(0).trend())
                .isEqualTo(Trend.DEGRADING);
    }

    private static double[] exact(int first, int last) {
        List<Double> values = new ArrayList<>();
        for (int second = first; second < last; second++) {
            values.add((second + 1) / 1e3);
            values.add((second + 1) / 1e3);
        }
        return values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    @Test
    void stepThatNoTierHoldsAnyMoreIsRefused() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> ask("h2", "step=PT5M&from=2026-11-10T00:00:00Z&to=2026-11-10T10:00:00Z"))
                .withMessageContaining("step is 'PT5M': must be a multiple of PT1H")
                .withMessageContaining("2026-11-13T13:00:00Z");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> ask("h2", "step=PT5M&tier=1h"))
                .withMessageContaining("step is 'PT5M': must be a multiple of PT1H");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> ask("h2", "tier=1m&from=2026-11-10T00:00:00Z&to=2026-11-10T10:00:00Z"))
                .withMessageContaining("to is '2026-11-10T10:00:00Z': must be after 2026-11-19T12:35:00Z");
    }

    @Test
    void answerIsToldAsJsonAndCsvAndLines() throws IOException {
        HistoryText text = new HistoryText(
                ask("h2", "series=http:GET /one&series=sample:cpu_usage_percent&percentiles=100&from=" + NOON));
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        text.json(json);
        assertThat(Json.object(json.toString(StandardCharsets.UTF_8)).toString())
                .isEqualTo("{\"from\":\"2026-11-20T12:00:00Z\",\"to\":\"2026-11-20T12:34:56Z\","
                        + "\"covered\":{\"from\":\"2026-11-20T12:00:00Z\",\"to\":\"2026-11-20T12:35:00Z\",\"tiers\":"
                        + "[{\"tier\":\"5m\",\"from\":\"2026-11-20T12:00:00Z\",\"to\":\"2026-11-20T12:35:00Z\"}]},"
                        + "\"dataSince\":\"2026-11-20T12:00:00Z\",\"groupBy\":\"series\",\"step\":null,"
                        + "\"relativeError\":0.01,\"sampled\":false,\"items\":["
                        + "{\"kind\":\"http\",\"name\":\"GET /one\",\"attributes\":{\"method\":\"GET\",\"endpoint\":\"/one\"},"
                        + "\"nodes\":[\"a\",\"b\"],\"unit\":\"s\",\"count\":3600,\"ratePerSecond\":1.71755725191,"
                        + "\"errors\":360,\"errorRate\":0.1,\"meanSeconds\":0.9005,\"minSeconds\":0.001,"
                        + "\"maxSeconds\":1.8,\"p100Seconds\":1.8},"
                        + "{\"kind\":\"sample\",\"name\":\"cpu_usage_percent\",\"attributes\":{},"
                        + "\"nodes\":[\"a\"],\"unit\":\"%\",\"count\":60,\"ratePerSecond\":0.0286259541985,"
                        + "\"mean\":29.5,\"min\":0,\"max\":59,\"p100\":59}],\"nextCursor\":null}");
        ByteArrayOutputStream csv = new ByteArrayOutputStream();
        text.csv(csv);
        assertThat(csv.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "from,to,kind,name,attributes,nodes,unit,count,ratePerSecond,errors,errorRate,mean,min,max,p100",
                        "2026-11-20T12:00:00Z,2026-11-20T12:35:00Z,http,GET /one,GET /one,a b,s,"
                                + "3600,1.71755725191,360,0.1,0.9005,0.001,1.8,1.8",
                        "2026-11-20T12:00:00Z,2026-11-20T12:35:00Z,sample,cpu_usage_percent,,a,%,"
                                + "60,0.0286259541985,,,29.5,0,59,59");
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        text.lines(lines);
        assertThat(Arrays.stream(lines.toString(StandardCharsets.UTF_8).split("\n"))
                        .map(line -> Json.object(line).getString("name")))
                .containsExactly("GET /one", "cpu_usage_percent");
    }
}
