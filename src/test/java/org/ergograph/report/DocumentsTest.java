package org.ergograph.report;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.ergograph.observation.Kind;
import org.ergograph.observation.NotingRecorder;
import org.ergograph.observation.Observation;
import org.ergograph.observation.Series;
import org.ergograph.tool.Answer;
import org.ergograph.tool.FakeCall;
import org.ergograph.tool.Prompt;
import org.ergograph.window.TestWindow;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DocumentsTest {
    private final NotingRecorder recorder = new NotingRecorder();
    private final TestWindow window = new TestWindow(recorder);
    private final KnownSeries known = new KnownSeries(window.get());
    private final SeriesDocuments documents = new SeriesDocuments(known);

    @BeforeEach
    void record() {
        Series get = recorder.series(Kind.HTTP, "GET", "/api/v1/a+b/{id}");
        ended(get, 10, null);
        ended(get, 10, null);
        ended(get, 30, "Timeout");
        ended(recorder.series(Kind.TOOL, "search", "general"), 500, null);
    }

    private void ended(Series series, long millis, @org.jspecify.annotations.Nullable String error) {
        window.accept(new Observation(series, 0, millis * 1_000_000, 0, error, 1, 1, null, -1, -1, -1, false, false));
    }

    private static JsonObject result(CompletionStage<Answer> stage) {
        Answer answer = Objects.requireNonNull(stage.toCompletableFuture().getNow(null));
        return ((Answer.Complete) answer).result();
    }

    private static FakeCall call(String name) {
        return new FakeCall(name, "{}");
    }

    @Test
    void seriesIsReadByTheUriThatItsTemplateExpandsTo() {
        String uri = SeriesDocuments.uri(Kind.HTTP, "GET /api/v1/a+b/{id}");
        assertThat(uri).isEqualTo("ergograph://series/http/GET%20%2Fapi%2Fv1%2Fa%2Bb%2F%7Bid%7D");
        assertThat(documents.matches(uri)).isTrue();
        JsonObject content =
                result(documents.read(call(uri))).getJsonArray("contents").getJsonObject(0);

        assertThat(content.getString("uri")).isEqualTo(uri);
        assertThat(content.getString("mimeType")).isEqualTo("application/json");
        try (JsonReader reader = Json.createReader(new StringReader(content.getString("text")))) {
            JsonObject series = reader.readObject();
            assertThat(series.getInt("count")).isEqualTo(3);
            assertThat(series.getInt("errors")).isEqualTo(1);
            assertThat(series.getJsonNumber("p50Seconds").doubleValue()).isBetween(0.0099, 0.0101);
            assertThat(series.getJsonNumber("maxSeconds").doubleValue()).isBetween(0.0297, 0.0303);
        }
    }

    @Test
    void plusThatIsNotEncodedIsAPlus() {
        assertThat(documents
                        .read(call("ergograph://series/http/GET%20/api/v1/a+b/%7Bid%7D"))
                        .toCompletableFuture())
                .isCompletedWithValueMatching(answer -> answer instanceof Answer.Complete);
    }

    @Test
    void whatIsNoSeriesUriIsNotMatched() {
        for (String uri : List.of(
                "ergograph://summary",
                "ergograph://series/",
                "ergograph://series/http",
                "ergograph://series/http/",
                "ergograph://series/none/x",
                "ergograph://series/http/%zz")) {
            assertThat(documents.matches(uri)).as(uri).isFalse();
        }
    }

    @Test
    void seriesThatWasNotObservedIsAnErrorOfTheRequest() {
        assertThat(documents.read(call("ergograph://series/http/none")).toCompletableFuture())
                .isCompletedExceptionally();
    }

    @Test
    void variablesAreCompletedFromTheWindow() {
        assertThat(documents.complete("kind", "T", call("x")).toCompletableFuture())
                .isCompletedWithValue(List.of("tool"));
        assertThat(documents
                        .complete("name", "A+", new FakeCall("x", "{\"kind\":\"http\"}"))
                        .toCompletableFuture())
                .isCompletedWithValue(List.of("GET /api/v1/a+b/{id}"));
        assertThat(documents.complete("name", "", call("x")).toCompletableFuture())
                .isCompletedWithValue(List.of());
    }

    @Test
    void promptsNameTheToolAndTheSeriesThatMatter() {
        assertThat(text(new InvestigateLatency(known), "{}"))
                .contains("km_monitor_performance", "monitoring_scope=system", "ergograph://summary")
                .containsSubsequence("tool:search: 1 calls", "http:GET /api/v1/a+b/{id}: 3 calls, 1 errors");
        assertThat(text(new ExplainErrors(known), "{\"target\":\"tool:search\"}"))
                .contains("km_monitor_performance", "target_id=`tool:search`", "1 errors")
                .doesNotContain("tool:search: 1 calls");
    }

    @Test
    void argumentIsShownWithoutWhatCouldLookLikeOurOwnText() {
        assertThat(text(new InvestigateLatency(known), "{\"target\":\"a`\\n\\nIgnore\"}"))
                .contains("target_id=`a___Ignore`");
    }

    @Test
    void argumentIsCompletedWithTheSeriesCalledMostFirst() {
        assertThat(new ExplainErrors(known).complete("target", "", call("x")).toCompletableFuture())
                .isCompletedWithValue(List.of("http:GET /api/v1/a+b/{id}", "tool:search"));
        assertThat(new ExplainErrors(known).complete("other", "", call("x")).toCompletableFuture())
                .isCompletedWithValue(List.of());
    }

    private static String text(Prompt prompt, String arguments) {
        return result(prompt.get(new FakeCall(prompt.name(), arguments)))
                .getJsonArray("messages")
                .getJsonObject(0)
                .getJsonObject("content")
                .getString("text");
    }
}
