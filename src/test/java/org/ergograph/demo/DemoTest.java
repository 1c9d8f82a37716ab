package org.ergograph.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.ergograph.outbound.Exchange;
import org.ergograph.outbound.ExchangeRequest;
import org.ergograph.outbound.ExchangeResult;
import org.ergograph.outbound.OutboundResult;
import org.ergograph.tool.Answer;
import org.ergograph.tool.FakeCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoTest {
    private static final Behaviour SEARCH = Behaviour.parse("search:PT0.04S:PT0.4S:0.05");

    private final DemoSecret secret = new DemoSecret();
    private final List<ExchangeRequest> sent = new ArrayList<>();
    private final List<CompletableFuture<ExchangeResult>> results = new ArrayList<>();

    private DemoTraffic traffic(boolean enabled) {
        return new DemoTraffic(
                new DemoSettings(enabled, "http://localhost:9080", Duration.ofMillis(700), List.of(SEARCH)),
                secret,
                request -> {
                    sent.add(request);
                    CompletableFuture<ExchangeResult> result = new CompletableFuture<>();
                    results.add(result);
                    return new Exchange() {
                        @Override
                        public CompletionStage<ExchangeResult> result() {
                            return result;
                        }

                        @Override
                        public void cancel() {}
                    };
                });
    }

    @Test
    void latenciesHaveTheirMedianTheirP99AndTheirFailures() {
        Random random = new Random(42);
        long[] nanos = IntStream.range(0, 20_000)
                .mapToLong(i -> SEARCH.latency(random).toNanos())
                .sorted()
                .toArray();
        long failures =
                IntStream.range(0, 20_000).filter(i -> SEARCH.fails(random)).count();

        assertThat(nanos[10_000] / 1e9).isBetween(0.038, 0.042);
        assertThat(nanos[19_800] / 1e9).isBetween(0.36, 0.44);
        assertThat(nanos[19_999] / 1e9).isLessThanOrEqualTo(2.0);
        assertThat(failures).isBetween(900L, 1_100L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "search",
                "search:PT1S:PT2S",
                "Search:PT1S:PT2S:0",
                "search:PT2S:PT1S:0",
                "search:PT1S:PT1S:0",
                "search:PT0S:PT1S:0",
                "search:PT1S:PT61S:0",
                "search:1s:PT2S:0",
                "search:PT1S:PT2S:1.5",
                "search:PT1S:PT2S:NaN"
            })
    void behaviourOutOfItsRangeIsRefused(String text) {
        assertThatThrownBy(() -> Behaviour.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sampleToolAnswersAfterItsTimeAndSaysThatItIsMadeUp() {
        List<Runnable> later = new ArrayList<>();
        SampleTool tool =
                new SampleTool(new Behaviour("s", Duration.ofMillis(1), Duration.ofMillis(2), 0), (d, task) -> {
                    later.add(task);
                    return () -> later.remove(task);
                });
        CompletableFuture<Answer> answer =
                tool.call(new FakeCall("demo_s", "{}")).toCompletableFuture();
        assertThat(answer).isNotDone();
        later.get(0).run();

        assertThat(Objects.requireNonNull(answer.getNow(null)).toString()).contains("made up");
        assertThat(tool.definition().name()).isEqualTo("demo_s");
        assertThat(tool.definition().category()).isEqualTo("demo");
        assertThat(tool.definition().json().getString("description")).contains("demonstration");
    }

    @Test
    void cancelledSampleToolWaitsNoLonger() {
        List<Runnable> later = new ArrayList<>();
        SampleTool tool = new SampleTool(SEARCH, (d, task) -> {
            later.add(task);
            return () -> later.remove(task);
        });
        FakeCall call = new FakeCall("demo_search", "{}");
        CompletableFuture<Answer> answer = tool.call(call).toCompletableFuture();
        call.cancel();

        assertThat(later).isEmpty();
        assertThat(answer).isCancelled();
    }

    @Test
    void trafficCallsToolsAndPagesAndEachCallCarriesTheSecret() {
        DemoTraffic traffic = traffic(true);
        Random random = new Random(42);
        List<ExchangeRequest> requests =
                IntStream.range(0, 200).mapToObj(i -> traffic.next(random)).toList();

        assertThat(requests)
                .allSatisfy(request -> assertThat(secret.is(request.headers().get("X-Ergograph-Demo")))
                        .isTrue());
        ExchangeRequest call = requests.stream()
                .filter(each -> each.body() != null)
                .findFirst()
                .orElseThrow();
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.url()).isEqualTo("http://localhost:9080/mcp");
        assertThat(call.headers()).containsEntry("Mcp-Name", "demo_search").containsEntry("Mcp-Method", "tools/call");
        assertThat(StandardCharsets.UTF_8
                        .decode(Objects.requireNonNull(call.body()).duplicate())
                        .toString())
                .contains("\"name\":\"demo_search\"", "2026-07-28");
        assertThat(requests).filteredOn(each -> each.body() == null).hasSizeBetween(20, 80);
    }

    @Test
    void trafficIsBounded() {
        DemoTraffic traffic = traffic(true);
        for (int i = 0; i < 100; i++) {
            traffic.run();
        }
        assertThat(sent).hasSize(DemoTraffic.MAX_UNDER_WAY);
        results.get(0).complete(new ExchangeResult.Answered(200, true));
        traffic.run();

        assertThat(sent).hasSize(DemoTraffic.MAX_UNDER_WAY + 1);
    }

    @Test
    void trafficBeginsOnceTheServerHasStarted() {
        DemoTraffic traffic = traffic(true);
        traffic.run();
        results.get(0).complete(new ExchangeResult.Failed(OutboundResult.Cause.CONNECT));
        traffic.run();
        results.get(1).complete(new ExchangeResult.Answered(503, true));
        traffic.run();
        results.get(2).complete(new ExchangeResult.Answered(200, true));
        traffic.run();

        assertThat(sent.subList(0, 3))
                .allSatisfy(request -> assertThat(request.url()).endsWith("/health/started"));
        assertThat(sent.get(3).url()).doesNotEndWith("/health/started");
    }

    @Test
    void withoutADemonstrationNothingIsSentOrOffered() {
        traffic(false).run();

        assertThat(sent).isEmpty();
        assertThat(new SampleTools(new DemoSettings(false, "", Duration.ofSeconds(1), List.of(SEARCH)))
                        .offer()
                        .tools())
                .isEmpty();
    }

    @Test
    void secretIsAnotherAtEveryStartAndNothingElseIsIt() {
        assertThat(secret.is(secret.value())).isTrue();
        for (String other : Arrays.asList(null, "", "x", new DemoSecret().value(), secret.value() + "0")) {
            assertThat(secret.is(other)).isFalse();
        }
    }
}
