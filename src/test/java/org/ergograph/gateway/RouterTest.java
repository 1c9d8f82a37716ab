package org.ergograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.ergograph.observation.Observation;
import org.ergograph.tool.Answer;
import org.ergograph.tool.ProtocolException;
import org.ergograph.tool.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterTest {
    private static final String OK = "{'content':[{'type':'text','text':'fine'}]}";
    private static final String READ_ONLY = "{'readOnlyHint':true}";
    private static final String CACHEABLE = "{'readOnlyHint':true,'idempotentHint':true}";

    private final Fixture gateway = new Fixture();

    private static Answer.Complete call(Tool tool, FakeCall call) {
        return (Answer.Complete) tool.call(call).toCompletableFuture().join();
    }

    private static String text(Answer.Complete answer) {
        return answer.result().getJsonArray("content").getJsonObject(0).getString("text");
    }

    @Test
    void callGoesOutUnderTheServersNameForItAndComesBackAsItIs() {
        gateway.upstream.answers("tools/call", OK);
        FakeCall call = new FakeCall("files__read", "{'path':'/a'}");
        call.meta = Texts.json("{'progressToken':7,'traceparent':'00-x','io.modelcontextprotocol/protocolVersion':'x',"
                + "'baggage':'a=b','example.com/tag':'kept'}");

        Answer.Complete answer = call(gateway.tool("read"), call);

        assertThat(answer.errorType()).isNull();
        assertThat(answer.result()).isEqualTo(Texts.json(OK));
        UpstreamRequest sent = gateway.upstream.requests().get(0);
        assertThat(sent.params())
                .isEqualTo(Texts.json("{'name':'read','arguments':{'path':'/a'},'_meta':{'example.com/tag':'kept'}}"));
        assertThat(sent.timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(sent.maxBytes()).isEqualTo(1 << 20);
        assertThat(sent.progress()).isNull();
    }

    @Test
    void spanOfACallTellsWhereItGoes() {
        gateway.recorder.traced();
        gateway.upstream.answers("tools/call", OK);
        call(gateway.tool("read"), new FakeCall("files__read", "{}"));

        assertThat(gateway.recorder.attributes())
                .containsExactly(Map.of("network.transport", "tcp", "server.address", "files.example"));
    }

    @Test
    void callIsOneObservationOfServerAndToolWithTheTraceThatIsSentOn() {
        gateway.upstream.on("tools/call", request -> {
            gateway.recorder.advanceMillis(40);
            return CompletableFuture.completedFuture(Texts.json(OK));
        });
        call(gateway.tool("read"), new FakeCall("files__read", "{}"));

        Observation seen = gateway.recorder.only();
        assertThat(seen.series().values()).containsExactly("files", "read");
        assertThat(seen.durationNanos()).isEqualTo(40_000_000);
        assertThat(seen.errorType()).isNull();
        assertThat(seen.responseBytes()).isEqualTo(Texts.json(OK).toString().length());
        assertThat(gateway.upstream.requests().get(0).traceparent()).startsWith("00-" + seen.traceId() + "-");
        assertThat(gateway.recorder.open()).isZero();
        assertThat(gateway.recorder.currentTrace()).as("the thread is left").isZero();
    }

    @Test
    void errorOfTheToolIsPassedOnAndIsNoFailureOfTheServer() {
        gateway.upstream.answers("tools/call", "{'content':[],'isError':true,'resultType':'complete'}");
        for (int i = 0; i < 20; i++) {
            Answer.Complete answer = call(gateway.tool("read"), new FakeCall("files__read", "{}"));
            assertThat(answer.errorType()).isEqualTo("tool_error");
            assertThat(answer.result()).isEqualTo(Texts.json("{'content':[],'isError':true}"));
        }
        assertThat(gateway.link.guard().state()).isEqualTo("closed");
        assertThat(gateway.recorder.observations()).allMatch(seen -> "tool_error".equals(seen.errorType()));
    }

    @ParameterizedTest
    @CsvSource({"TIMEOUT,timeout", "TRANSPORT,transport", "PROTOCOL,protocol", "REFUSED,refused", "TOO_LARGE,too_large"
    })
    void failureIsToldAsAnErrorOfTheToolThatSaysWhichSort(UpstreamException.Reason reason, String type) {
        gateway.upstream.fails("tools/call", reason);
        Answer.Complete answer = call(gateway.tool("read"), new FakeCall("files__read", "{}"));
        assertThat(answer.errorType()).isEqualTo(type);
        assertThat(answer.result().getBoolean("isError")).isTrue();
        assertThat(text(answer)).isEqualTo("read of the server files was not done: " + type + ": it is broken");
        assertThat(gateway.recorder.only().errorType()).isEqualTo(type);
    }

    @Test
    void wrongParametersAreToldInTheServersWordsAsAnErrorOfTheRequest() {
        gateway.upstream.on(
                "tools/call",
                request -> CompletableFuture.failedFuture(new UpstreamException(
                        UpstreamException.Reason.PROTOCOL,
                        "error -32602",
                        Texts.json("{'code':-32602,'message':'path is missing','data':{'a':1}}"))));
        Throwable failure = catchThrowable(() -> call(gateway.tool("read"), new FakeCall("files__read", "{}")));
        assertThat(failure).isInstanceOf(CompletionException.class).hasCauseInstanceOf(ProtocolException.class);
        ProtocolException told = Objects.requireNonNull((ProtocolException) failure.getCause());
        assertThat(told.code()).isEqualTo(-32602);
        assertThat(told.getMessage()).isEqualTo("files: path is missing");
        assertThat(told.data()).isEqualTo(Texts.json("{'a':1}"));
    }

    @Test
    void toolThatMayBeRepeatedIsTriedOnceMoreWhenTheConnectionBreaksAndThatIsOneObservation() {
        AtomicInteger tries = new AtomicInteger();
        gateway.upstream.on(
                "tools/call",
                request -> tries.incrementAndGet() == 1
                        ? CompletableFuture.failedFuture(
                                new UpstreamException(UpstreamException.Reason.TRANSPORT, "reset"))
                        : CompletableFuture.completedFuture(Texts.json(OK)));
        assertThat(call(gateway.tool("read", READ_ONLY), new FakeCall("files__read", "{}"))
                        .errorType())
                .isNull();
        assertThat(tries).hasValue(2);
        assertThat(gateway.recorder.only().errorType()).isNull();
        assertThat(gateway.ledger.of("files", "read").retries()).isOne();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a tool that says nothing of itself|{}|TRANSPORT|1",
                "a tool that may be repeated, after a timeout|{'idempotentHint':true}|TIMEOUT|1",
                "a tool that may be repeated, whose connection breaks again|{'idempotentHint':true}|TRANSPORT|2",
            })
    void retries(String fact, String annotations, UpstreamException.Reason reason, int tries) {
        gateway.upstream.fails("tools/call", reason);
        call(gateway.tool("read", annotations.replace('\'', '"')), new FakeCall("files__read", "{}"));
        assertThat(gateway.upstream.requests()).as(fact).hasSize(tries);
        assertThat(gateway.recorder.observations()).hasSize(1);
    }

    @Test
    void secondTryHasOnlyTheTimeThatIsLeft() {
        gateway.upstream.on("tools/call", request -> {
            gateway.recorder.advanceMillis(20_000);
            return CompletableFuture.failedFuture(new UpstreamException(UpstreamException.Reason.TRANSPORT, "reset"));
        });
        call(gateway.tool("read", READ_ONLY), new FakeCall("files__read", "{}"));
        assertThat(gateway.upstream.requests())
                .extracting(UpstreamRequest::timeout)
                .containsExactly(Duration.ofSeconds(30), Duration.ofSeconds(10));
    }

    @Test
    void failuresOpenTheCircuitAndCallsAreThenRefusedWithoutBeingSent() {
        gateway.upstream.fails("tools/call", UpstreamException.Reason.TRANSPORT);
        UpstreamTool tool = gateway.tool("write");
        for (int i = 0; i < 3; i++) {
            call(tool, new FakeCall("files__write", "{}"));
        }
        Answer.Complete refused = call(tool, new FakeCall("files__write", "{}"));
        assertThat(refused.errorType()).isEqualTo("refused");
        assertThat(text(refused)).contains("again and again");
        assertThat(gateway.upstream.requests()).hasSize(3);
        assertThat(gateway.recorder.observations()).hasSize(3);
        assertThat(gateway.link.guard().state()).isEqualTo("open");
        assertThat(gateway.refusals).containsExactly("circuit_open");
        assertThat(gateway.ledger.of("files", "write").refusals()).isOne();
    }

    @Test
    void afterTheDelayOneCallIsTriedAndItsSuccessClosesTheCircuit() {
        Fixture eager = new Fixture(Fixture.settings(10, Duration.ZERO), Fixture.caching());
        eager.upstream.fails("tools/call", UpstreamException.Reason.TIMEOUT);
        UpstreamTool tool = eager.tool("write");
        for (int i = 0; i < 3; i++) {
            call(tool, new FakeCall("files__write", "{}"));
        }
        eager.upstream.answers("tools/call", OK);
        assertThat(call(tool, new FakeCall("files__write", "{}")).errorType()).isNull();
        assertThat(eager.link.guard().state()).isEqualTo("closed");
    }

    @Test
    void whenAsManyCallsAsAllowedAreUnderWayTheNextIsRefusedAndAfterOneEndsNot() {
        UpstreamTool tool = gateway.tool("slow");
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            answers.add(tool.call(new FakeCall("files__slow", "{}")).toCompletableFuture());
        }
        assertThat(gateway.link.guard().inUse()).isEqualTo(3);
        Answer.Complete refused = call(tool, new FakeCall("files__slow", "{}"));
        assertThat(refused.errorType()).isEqualTo("refused");
        assertThat(text(refused)).contains("3 calls to it are under way");
        assertThat(answers).noneMatch(CompletableFuture::isDone);

        gateway.upstream.last().result.complete(Texts.json(OK));
        assertThat(answers.get(2)).isDone();
        assertThat(tool.call(new FakeCall("files__slow", "{}")).toCompletableFuture())
                .isNotDone();
        assertThat(gateway.upstream.requests()).hasSize(4);
    }

    @Test
    void cancelledCallIsCancelledAtTheServerAndGivesItsPlaceBack() {
        FakeCall call = new FakeCall("files__slow", "{}");
        CompletableFuture<Answer> answer = gateway.tool("slow").call(call).toCompletableFuture();
        call.cancel();
        assertThat(gateway.upstream.last().cancelled).isTrue();
        assertThat(((Answer.Complete) answer.join()).errorType()).isEqualTo("cancelled");
        assertThat(gateway.link.guard().inUse()).isZero();
        assertThat(gateway.recorder.only().errorType()).isEqualTo("cancelled");
    }

    @Test
    void callThatIsCancelledBeforeTheConversationIsOpenIsNeverSent() {
        CompletableFuture<Upstream> opening = new CompletableFuture<>();
        gateway.connector.gives(opening);
        FakeCall call = new FakeCall("files__slow", "{}");
        CompletableFuture<Answer> answer = gateway.tool("slow").call(call).toCompletableFuture();
        call.cancel();
        opening.complete(gateway.upstream);
        assertThat(((Answer.Complete) answer.join()).errorType()).isEqualTo("cancelled");
        assertThat(gateway.upstream.requests()).isEmpty();
    }

    @Test
    void progressThatGrowsIsPassedOn() {
        FakeCall call = new FakeCall("files__slow", "{}");
        call.wantsProgress = true;
        gateway.tool("slow").call(call);
        var progress = Objects.requireNonNull(gateway.upstream.last().request.progress());
        progress.accept(Texts.json("{'progress':1,'total':4,'message':'one'}"));
        progress.accept(Texts.json("{'progress':1}"));
        progress.accept(Texts.json("{'progress':'x'}"));
        progress.accept(Texts.json("{'progress':2.5}"));
        assertThat(call.progress).containsExactly("1.0/4.0 one", "2.5/NaN null");
    }

    @Test
    void whatThisServerAddsIsAllButTheWaitForTheOther() {
        CompletableFuture<Upstream> opening = new CompletableFuture<>();
        gateway.connector.gives(opening);
        gateway.tool("slow").call(new FakeCall("files__slow", "{}"));
        gateway.recorder.advanceMillis(5);
        opening.complete(gateway.upstream);
        gateway.recorder.advanceMillis(100);
        gateway.upstream.last().result.complete(Texts.json(OK));
        CallStats stats = gateway.ledger.of("files", "slow");
        assertThat(stats.upstreamNanos()).isEqualTo(105_000_000);
        assertThat(stats.addedNanos()).isZero();
        assertThat(stats.totalNanos()).isEqualTo(105_000_000);
        assertThat(gateway.added).containsExactly(0.0);
    }

    @Test
    void resultIsRememberedForWhoAskedAndMarkedAndMakesNoObservation() {
        Fixture caching = new Fixture(
                Fixture.settings(3, Duration.ZERO),
                Fixture.caching(new CacheSettings.Rule("files__*", Duration.ofMinutes(10))));
        caching.upstream.answers("tools/call", "{'content':[],'_meta':{'a':1}}");
        UpstreamTool tool = caching.tool("read", CACHEABLE);

        JsonObject first = call(tool, new FakeCall("files__read", "{'a':1,'b':[2]}").of("ann"))
                .result();
        JsonObject second = call(tool, new FakeCall("files__read", "{'b':[2],'a':1}").of("ann"))
                .result();
        assertThat(first).isEqualTo(Texts.json("{'content':[],'_meta':{'a':1}}"));
        assertThat(second).isEqualTo(Texts.json("{'content':[],'_meta':{'a':1,'ergograph/cache':'hit'}}"));
        assertThat(caching.upstream.requests()).hasSize(1);
        assertThat(caching.recorder.observations()).hasSize(1);

        call(tool, new FakeCall("files__read", "{'a':1,'b':[2]}").of("bob"));
        call(tool, new FakeCall("files__read", "{'a':1,'b':[2]}"));
        call(tool, new FakeCall("files__read", "{'a':2,'b':[2]}").of("ann"));
        assertThat(caching.upstream.requests()).hasSize(4);
        assertThat(caching.ledger.of("files", "read").cacheHits()).isOne();
        assertThat(caching.ledger.of("files", "read").calls()).isEqualTo(5);
    }

    @Test
    void resultOfASharedToolIsForEverybody() {
        Fixture caching = new Fixture(
                Fixture.settings(3, Duration.ZERO),
                Fixture.caching(new CacheSettings.Rule("files__*", Duration.ofMinutes(10))));
        caching.upstream.answers("tools/call", OK);
        UpstreamTool tool = caching.tool("shared", CACHEABLE);
        call(tool, new FakeCall("files__shared", "{}").of("ann"));
        call(tool, new FakeCall("files__shared", "{}").of("bob"));
        assertThat(caching.upstream.requests()).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "the operator did not allow it|other__*|{'readOnlyHint':true,'idempotentHint':true}|{'content':[]}",
                "it is not marked as read-only|*|{'idempotentHint':true}|{'content':[]}",
                "it is not marked as idempotent|*|{'readOnlyHint':true}|{'content':[]}",
                "it failed|*|{'readOnlyHint':true,'idempotentHint':true}|{'content':[],'isError':true}",
            })
    void resultIsNotRemembered(String fact, String rule, String annotations, String result) {
        Fixture caching = new Fixture(
                Fixture.settings(3, Duration.ZERO),
                Fixture.caching(new CacheSettings.Rule(rule, Duration.ofMinutes(10))));
        caching.upstream.answers("tools/call", result);
        UpstreamTool tool = caching.tool("read", annotations.replace('\'', '"'));
        call(tool, new FakeCall("files__read", "{}"));
        call(tool, new FakeCall("files__read", "{}"));
        assertThat(caching.upstream.requests()).as(fact).hasSize(2);
        assertThat(caching.cached).isEmpty();
    }

    @Test
    void requestForInputIsRefusedAndCounted() {
        gateway.upstream.answers("tools/call", "{'resultType':'input_required','inputRequests':{}}");
        assertThat(call(gateway.tool("ask"), new FakeCall("files__ask", "{}")).errorType())
                .isEqualTo("protocol");
        assertThat(gateway.refusals).containsExactly("input_required");
    }

    @Test
    void tenThousandCallsFromManyThreadsAreCountedToTheLastOne() throws Exception {
        Fixture wide = new Fixture(Fixture.settings(10_000, Duration.ZERO), Fixture.caching());
        AtomicInteger number = new AtomicInteger();
        wide.upstream.on(
                "tools/call",
                request -> number.incrementAndGet() % 100 == 0
                        ? CompletableFuture.failedFuture(
                                new UpstreamException(UpstreamException.Reason.PROTOCOL, "broken"))
                        : CompletableFuture.completedFuture(Texts.json(OK)));
        UpstreamTool tool = wide.tool("read");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> done = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            done.add(threads.submit(() -> {
                for (int i = 0; i < 2_500; i++) {
                    call(tool, new FakeCall("files__read", "{}"));
                }
            }));
        }
        for (Future<?> each : done) {
            each.get();
        }
        threads.shutdown();
        CallStats stats = wide.ledger.of("files", "read");
        assertThat(stats.calls()).isEqualTo(10_000);
        assertThat(stats.ended(Outcome.SUCCESS)).isEqualTo(9_900);
        assertThat(stats.ended(Outcome.PROTOCOL)).isEqualTo(100);
        assertThat(stats.total().distribution().count()).isEqualTo(10_000);
        assertThat(stats.total().distribution().errors()).isEqualTo(100);
        assertThat(wide.recorder.observations()).hasSize(10_000);
    }
}
