package org.ergograph.advice;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import org.ergograph.history.query.RecordedFigures;
import org.ergograph.observation.Kind;
import org.ergograph.observation.NotingRecorder;
import org.ergograph.observation.Series;
import org.ergograph.settings.Threshold;
import org.ergograph.tool.Answer;
import org.ergograph.tool.Catalogue;
import org.ergograph.tool.FakeCall;
import org.ergograph.tool.Source;
import org.ergograph.tool.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MonitorPerformanceTest {
    private final Bench bench = new Bench();
    private final Series get = bench.series(Kind.HTTP, "GET", "/a");

    private CompletableFuture<Answer> call(FakeCall call) {
        return bench.tool().call(call).toCompletableFuture();
    }

    private static FakeCall asking(String arguments) {
        return new FakeCall(MonitorPerformance.NAME, arguments);
    }

    private static Answer.Complete complete(CompletableFuture<Answer> answer) {
        assertThat(answer).isCompleted();
        return (Answer.Complete) Objects.requireNonNull(answer.getNow(null));
    }

    private static JsonObject content(CompletableFuture<Answer> answer) {
        return complete(answer).result().getJsonObject("structuredContent");
    }

    private static String text(CompletableFuture<Answer> answer) {
        return complete(answer)
                .result()
                .getJsonArray("content")
                .getJsonObject(0)
                .getString("text");
    }

    private static JsonObject metric(CompletableFuture<Answer> answer, int index) {
        return content(answer).getJsonArray("metrics").getJsonObject(index);
    }

    @Test
    void samplesAreTakenAtTheIntervalAndToldAsProgress() {
        FakeCall call = asking("{\"monitoring_scope\":\"system\",\"monitoring_duration\":3,\"sampling_interval\":1}");
        CompletableFuture<Answer> answer = call(call);
        bench.pass(Duration.ofMillis(2_999));
        assertThat(answer).isNotDone();
        assertThat(call.told()).containsExactly(1.0, 2.0);
        bench.pass(Duration.ofMillis(1));

        assertThat(content(answer).getInt("samples")).isEqualTo(3);
        assertThat(content(answer).getString("from")).isEqualTo("2026-11-01T00:00:00Z");
        assertThat(content(answer).getString("to")).isEqualTo("2026-11-01T00:00:03Z");
        assertThat(complete(answer)
                        .result()
                        .getJsonObject("_meta")
                        .getJsonNumber("executionTimeSeconds")
                        .doubleValue())
                .isEqualTo(3.0);
        assertThat(bench.waiting()).isZero();
    }

    @Test
    void lateSamplesDoNotPutOffThoseBehindThem() {
        bench.late(Duration.ofMillis(300));
        CompletableFuture<Answer> answer = call(asking("{\"monitoring_scope\":\"system\",\"monitoring_duration\":10}"));
        bench.pass(Duration.ofSeconds(11));

        assertThat(answer).isCompleted();

        Instant first = bench.read().get(0);
        assertThat(bench.read()).hasSize(11);
        assertThat(Duration.between(first, bench.read().get(10))).isEqualTo(Duration.ofMillis(10_300));
    }

    @Test
    void samplesWhoseNextIsDueAreLeftOutAndCounted() {
        CompletableFuture<Answer> answer = call(asking("{\"monitoring_scope\":\"system\",\"monitoring_duration\":10}"));
        bench.pass(Duration.ZERO);
        bench.late(Duration.ofMillis(3_500));
        bench.pass(Duration.ofSeconds(30));

        assertThat(content(answer).getInt("samples") + content(answer).getInt("missedSamples"))
                .isEqualTo(10);
        assertThat(content(answer).getInt("missedSamples")).isPositive();
        assertThat(content(answer).getJsonArray("findings").toString()).contains("left out");
    }

    @Test
    void lastSampleIsAtTheEndAlsoWhereTheIntervalDoesNotFit() {
        CompletableFuture<Answer> answer =
                call(asking("{\"monitoring_scope\":\"system\",\"monitoring_duration\":2.5,\"sampling_interval\":1}"));
        bench.pass(Duration.ofMillis(2_500));

        assertThat(content(answer).getInt("samples")).isEqualTo(3);
        assertThat(content(answer).getString("to")).isEqualTo("2026-11-01T00:00:02.500Z");
    }

    @Test
    void figuresAreThoseOfWhatEndedMeanwhile() {
        bench.ended(get, 5_000, "Before");
        CompletableFuture<Answer> answer = call(asking("{\"monitoring_scope\":\"system\",\"monitoring_duration\":2}"));
        bench.pass(Duration.ofMillis(500));
        for (int i = 0; i < 9; i++) {
            bench.ended(get, 10, null);
        }
        bench.pass(Duration.ofSeconds(1));
        bench.ended(get, 200, "Timeout");
        bench.ended(bench.series(Kind.DB, "select", "a"), 900, null);
        bench.pass(Duration.ofSeconds(1));

        JsonObject execution = content(answer).getJsonObject("execution");
        assertThat(execution.getInt("count")).isEqualTo(10);
        assertThat(execution.getInt("errors")).isEqualTo(1);
        assertThat(execution.getJsonNumber("errorRate").doubleValue()).isEqualTo(0.1);
        assertThat(execution.getJsonNumber("ratePerSecond").doubleValue()).isEqualTo(5.0);
        assertThat(execution.getJsonNumber("p50Seconds").doubleValue()).isBetween(0.0099, 0.0101);
        assertThat(execution.getJsonNumber("p99Seconds").doubleValue()).isBetween(0.198, 0.202);
        assertThat(execution.getJsonArray("busiest").getJsonObject(0).getString("series"))
                .isEqualTo("http:GET /a");
        assertThat(content(answer)
                        .getJsonArray("nextActions")
                        .getJsonObject(0)
                        .getJsonObject("arguments")
                        .getString("target_id"))
                .isEqualTo("http:GET /a");
        assertThat(text(answer)).contains("10 calls, 1 errors");
    }

    @Test
    void verdictSaysFirstWhichThresholdWasExceededInHowManySamples() {
        bench.cpu(10, 93.1, 70, 85, 80);
        CompletableFuture<Answer> answer = call(asking(
                "{\"monitoring_scope\":\"system\",\"monitoring_duration\":4,\"alert_thresholds\":{\"cpu\":80}}"));
        bench.pass(Duration.ofSeconds(4));

        assertThat(text(answer)).startsWith("cpu 93.1% over 80% in 2 of 4 samples");
        assertThat(metric(answer, 0).getInt("samplesOver")).isEqualTo(2);
        assertThat(metric(answer, 0).getString("firstOver")).isEqualTo("2026-11-01T00:00:01Z");
        assertThat(content(answer).getJsonArray("findings").getJsonObject(0).getString("severity"))
                .isEqualTo("high");
        assertThat(content(answer)
                        .getJsonArray("recommendations")
                        .getJsonObject(0)
                        .getString("proof"))
                .contains("cpu at most 80%");
    }

    @ParameterizedTest
    @CsvSource({"80, false", "60, true"})
    void whatIsUsualIsTheThresholdThatHoldsNow(double limit, boolean found) {
        bench.limit(Threshold.CPU_USAGE, limit);
        bench.cpu(70, 70, 70, 70, 70);
        CompletableFuture<Answer> answer = call(asking("{\"monitoring_scope\":\"system\",\"monitoring_duration\":4}"));
        bench.pass(Duration.ofSeconds(4));

        assertThat(text(answer).contains("over the usual 60%")).isEqualTo(found);
    }

    @Test
    void valueAtItsThresholdIsNotOverIt() {
        bench.cpu(0, 80, 80);
        CompletableFuture<Answer> answer = call(asking(
                "{\"monitoring_scope\":\"system\",\"monitoring_duration\":2,\"alert_thresholds\":{\"cpu\":80}}"));
        bench.pass(Duration.ofSeconds(2));

        assertThat(text(answer)).startsWith("Within all thresholds. cpu 80% (at most 80%)");
    }

    @Test
    void metricWithAThresholdIsMonitoredWithoutBeingAskedFor() {
        CompletableFuture<Answer> answer =
                call(asking("{\"monitoring_scope\":\"system\",\"metrics_types\":[\"memory\"],\"monitoring_duration\":1,"
                        + "\"alert_thresholds\":{\"error_rate\":0.05,\"heap\":40}}"));
        bench.pass(Duration.ofSeconds(1));

        assertThat(content(answer).getJsonArray("metrics")).hasSize(3);
        assertThat(text(answer)).startsWith("heap 50% over 40% in 1 of 1 samples");
    }

    @Test
    void whatThePlatformDoesNotTellHasNoSamples() {
        CompletableFuture<Answer> answer = call(
                asking(
                        "{\"monitoring_scope\":\"system\",\"metrics_types\":[\"disk\",\"network\"],\"monitoring_duration\":2}"));
        bench.pass(Duration.ofSeconds(2));

        assertThat(metric(answer, 0).getInt("samples")).isZero();
        assertThat(metric(answer, 0).isNull("mean")).isTrue();
        assertThat(metric(answer, 1).getJsonNumber("mean").doubleValue()).isEqualTo(1000.0);
    }

    @Test
    void cancellationStopsTheSamplingAtOnceAndFreesThePlace() {
        FakeCall call = asking("{\"monitoring_scope\":\"system\",\"monitoring_duration\":3600}");
        CompletableFuture<Answer> answer = call(call);
        bench.pass(Duration.ofSeconds(2));
        call.cancel();

        assertThat(complete(answer).errorType()).isEqualTo("cancelled");
        assertThat(bench.waiting()).isZero();
        assertThat(bench.tool().running()).isZero();
        assertThat(call.told()).hasSize(2);
    }

    @Test
    void callThatIsCancelledBeforeItBeganTakesNoSample() {
        FakeCall call = asking("{\"monitoring_scope\":\"system\"}");
        call.cancel();
        CompletableFuture<Answer> answer = call(call);
        bench.pass(Duration.ofSeconds(60));

        assertThat(complete(answer).errorType()).isEqualTo("cancelled");
        assertThat(bench.read()).isEmpty();
    }

    @Test
    void moreThanAreAllowedAtOnceAreRefusedAndPlacesComeBack() {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < MonitorPerformance.MAX_AT_ONCE; i++) {
            answers.add(call(asking("{\"monitoring_scope\":\"system\",\"monitoring_duration\":1}")));
        }
        CompletableFuture<Answer> refused = call(asking("{\"monitoring_scope\":\"system\"}"));
        assertThat(complete(refused).errorType()).isEqualTo("too_many");
        assertThat(text(refused)).contains("20 monitorings are under way");
        bench.pass(Duration.ofSeconds(1));

        assertThat(answers)
                .allSatisfy(answer -> assertThat(complete(answer).errorType()).isNull());
        assertThat(call(asking("{\"monitoring_scope\":\"system\"}"))).isNotDone();
    }

    @Test
    void serverThatTakesNoMoreWorkIsAnErrorOfTheToolAndKeepsNoPlace() {
        bench.refuse();
        CompletableFuture<Answer> answer = call(asking("{\"monitoring_scope\":\"system\"}"));

        assertThat(complete(answer).errorType()).isEqualTo("rejected");
        assertThat(bench.tool().running()).isZero();
    }

    @Test
    void applicationThatEndsEndsItsMonitorings() {
        CompletableFuture<Answer> answer = call(asking("{\"monitoring_scope\":\"system\"}"));
        bench.pass(Duration.ofSeconds(1));
        bench.tool().stop();

        assertThat(complete(answer).errorType()).isEqualTo("cancelled");
        assertThat(bench.waiting()).isZero();
    }

    @Test
    void recordIsComparedWithWhatHappenedNow() {
        bench.recorded(new RecordedFigures(
                1000,
                10,
                OptionalDouble.of(0.01),
                OptionalDouble.of(0.01),
                OptionalDouble.of(0.05),
                OptionalDouble.of(0.1),
                OptionalDouble.of(1),
                Instant.parse("2026-10-31T00:00:00Z"),
                Instant.parse("2026-11-01T00:00:00Z")));
        CompletableFuture<Answer> answer =
                call(asking("{\"monitoring_scope\":\"system\",\"monitoring_duration\":1,\"include_historical\":true}"));
        bench.pass(Duration.ZERO);
        for (int i = 0; i < 30; i++) {
            bench.ended(get, 100, null);
        }
        bench.pass(Duration.ofSeconds(1));

        JsonObject past = content(answer).getJsonObject("historical");
        assertThat(past.getInt("count")).isEqualTo(1000);
        assertThat(past.getString("from")).isEqualTo("2026-10-31T00:00:00Z");
        assertThat(past.getString("basis"))
                .contains("rollups of all HTTP requests")
                .contains("1%");
        assertThat(text(answer)).contains("2 times that of the record (0.05");
    }

    @Test
    void databaseThatDoesNotAnswerLeavesTheHistoricalPartOut() {
        CompletableFuture<Answer> answer =
                call(asking("{\"monitoring_scope\":\"system\",\"monitoring_duration\":1,\"include_historical\":true}"));
        bench.pass(Duration.ofSeconds(1));

        assertThat(content(answer).getJsonObject("historical").getBoolean("available"))
                .isFalse();
        assertThat(complete(answer).errorType()).isNull();
    }

    @Test
    void csvHasARowForEachPoint() {
        bench.cpu(0, 20, 40);
        CompletableFuture<Answer> answer = call(asking("{\"monitoring_scope\":\"system\",\"metrics_types\":[\"cpu\"],"
                + "\"monitoring_duration\":2,\"export_format\":\"csv\"}"));
        bench.pass(Duration.ofSeconds(2));

        assertThat(text(answer).lines())
                .containsExactly(
                        "at,cpu (%) mean,cpu (%) min,cpu (%) max",
                        "2026-11-01T00:00:01Z,20,20,20", "2026-11-01T00:00:02Z,40,40,40");
        assertThat(metric(answer, 0).containsKey("points")).isFalse();
    }

    @Test
    void dashboardHasAPanelForEachMetric() {
        CompletableFuture<Answer> answer = call(
                asking("{\"monitoring_scope\":\"system\",\"monitoring_duration\":1,\"export_format\":\"dashboard\"}"));
        bench.pass(Duration.ofSeconds(1));

        assertThat(content(answer).getJsonArray("panels").getValuesAs(JsonObject.class))
                .extracting(panel -> panel.getString("type"))
                .containsExactly("text", "stat", "timeseries", "timeseries", "timeseries", "table");
    }

    @ParameterizedTest
    @CsvSource({"json", "csv", "dashboard"})
    void longestMonitoringOfEverythingStaysWithinItsSize(String format) {
        String metrics = String.join("\",\"", Watched.labels());
        CompletableFuture<Answer> answer = call(asking("{\"monitoring_scope\":\"system\",\"monitoring_duration\":3600,"
                + "\"sampling_interval\":0.1,\"metrics_types\":[\"" + metrics + "\"],\"export_format\":\"" + format
                + "\"}"));
        bench.pass(Duration.ofMinutes(30));
        bench.ended(get, 123, null);
        bench.pass(Duration.ofMinutes(30));

        assertThat(content(answer).getInt("samples")).isEqualTo(36_000);
        assertThat(content(answer).getString("note")).contains("900 samples");
        assertThat(complete(answer).result().toString()).hasSizeLessThan(65_536);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "specific | http:GET /b    | there is no such series; there is: http:GET /a, workflow:copy/(run)",
                "specific | GET /          | there is no such series",
                "automation | coyp         | there is no such workflow; there is: copy",
                "macro    | x              | there is no such tool; nothing of the kind has been recorded yet",
                "system   | GET /a         | must be left out with monitoring_scope system",
            })
    void unknownTargetIsAnsweredWithWhatThereIs(String scope, String target, String told) {
        bench.ended(get, 1, null);
        bench.ended(bench.series(Kind.WORKFLOW, "copy", Kind.RUN), 1, null);
        CompletableFuture<Answer> answer =
                call(asking("{\"monitoring_scope\":\"" + scope + "\",\"target_id\":\"" + target + "\"}"));

        assertThat(complete(answer).errorType()).isEqualTo("unknown_target");
        assertThat(text(answer)).startsWith("target_id is '" + target + "'").contains(told);
    }

    @ParameterizedTest
    @CsvSource({
        "specific,http:GET /a,http GET /a",
        "specific,GET /a,http GET /a",
        "automation,copy,runs of the workflow copy",
        "automation,,all workflow runs",
        "macro,,all calls of tools",
    })
    void targetIsFoundByItsName(String scope, String target, String label) {
        bench.ended(get, 1, null);
        bench.ended(bench.series(Kind.WORKFLOW, "copy", Kind.RUN), 1, null);
        String named = target == null ? "" : ",\"target_id\":\"" + target + "\"";
        CompletableFuture<Answer> answer =
                call(asking("{\"monitoring_scope\":\"" + scope + "\",\"monitoring_duration\":1" + named + "}"));
        bench.pass(Duration.ofSeconds(1));

        assertThat(content(answer).getString("target")).isEqualTo(label);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"monitoring_scope\":\"system\",\"sampling_interval\":0.05} | sampling_interval is 0.05: must be a number from 0.1 to 60",
                "{\"monitoring_scope\":\"all\"} | monitoring_scope is 'all': must be one of system, automation, macro, specific",
                "{\"monitoring_scope\":\"system\",\"alert_thresholds\":{\"error_rate\":5}} | alert_thresholds.error_rate is 5: must be a number from 0 to 1",
                "{\"monitoring_scope\":\"system\",\"metrics_types\":[\"gpu\"]} | metrics_types.0 is 'gpu': must be one of cpu, memory",
            })
    void argumentsThatAreNotAllowedAreToldByName(String arguments, String told) {
        List<Tool> tools = List.of(bench.tool());
        Catalogue catalogue = new Catalogue(
                () -> new Source.Offer(tools, List.of(), List.of(), List.of()), List.of(), new NotingRecorder());

        assertThat(text(catalogue.call(asking(arguments)).toCompletableFuture()))
                .startsWith(told);
    }

    @Test
    void definitionIsSmall() {
        assertThat(bench.tool().definition().json().toString().length() / 4).isLessThan(900);
    }
}
