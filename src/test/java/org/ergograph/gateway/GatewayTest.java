package org.ergograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.ergograph.observation.NotingRecorder;
import org.ergograph.observation.Observation;
import org.ergograph.registry.RegisteredServer;
import org.ergograph.registry.Registry;
import org.ergograph.registry.ServerState;
import org.ergograph.registry.StatePeriod;
import org.ergograph.registry.TestRegistry;
import org.ergograph.tool.Answer;
import org.ergograph.tool.Tool;
import org.junit.jupiter.api.Test;

class GatewayTest {
    private static final String TOOL = "{'name':'%s','inputSchema':{'type':'object'}}";

    private final NotingRecorder recorder = new NotingRecorder();
    private final Map<String, FakeConnector> servers = new ConcurrentHashMap<>();
    private final AtomicInteger changes = new AtomicInteger();
    private final GatewaySettings settings = Fixture.settings(10, Duration.ofHours(1));
    private final Registry registry = TestRegistry.of(recorder, List.of());
    private final Ledger ledger = new Ledger(settings, recorder);
    private final Gateway gateway = new Gateway(
            registry,
            changes::incrementAndGet,
            uri -> {},
            recorder,
            settings,
            recorder,
            new Connector() {
                @Override
                public CompletionStage<Upstream> open(RegisteredServer server, UpstreamListener listener) {
                    return connector(server.name()).open(server, listener);
                }
            },
            new Router(
                    recorder,
                    recorder,
                    settings,
                    Fixture.caching(),
                    new LocalCache(1024, recorder, new CacheCounts()),
                    ledger),
            ledger,
            new GatewayMeters((org.ergograph.observation.Meters) null));

    private FakeUpstream server(String name, String... tools) {
        FakeUpstream upstream = new FakeUpstream();
        offers(upstream, tools);
        upstream.answers("resources/list", "{'resources':[{'uri':'file:///shared','name':'shared'}]}")
                .answers("resources/templates/list", "{'resourceTemplates':[]}")
                .answers("prompts/list", "{'prompts':[{'name':'hello'}]}")
                .answers("ping", "{}")
                .answers("tools/call", "{'content':[]}");
        servers.put(name, new FakeConnector(upstream));
        return upstream;
    }

    private FakeConnector connector(String name) {
        return Objects.requireNonNull(servers.get(name));
    }

    private static void offers(FakeUpstream upstream, String... tools) {
        upstream.answers(
                "tools/list",
                "{'tools':["
                        + String.join(
                                ",",
                                List.of(tools).stream().map(TOOL::formatted).toList()) + "]}");
    }

    private void register(String... names) {
        gateway.run(); // it begins to listen to the registry, which knows of none
        gateway.serversChanged(List.of(names).stream().map(Fixture::server).toList());
        tick(0);
    }

    private void tick(long millis) {
        recorder.advanceMillis(millis);
        gateway.run();
        gateway.run(); // what the first has found, the second acts on
    }

    private List<String> tools() {
        return gateway.offer().tools().stream()
                .map(tool -> tool.definition().name())
                .toList();
    }

    private String call(String name) {
        Tool tool = gateway.offer().tools().stream()
                .filter(each -> each.definition().name().equals(name))
                .findFirst()
                .orElseThrow();
        Answer.Complete answer = (Answer.Complete)
                tool.call(new FakeCall(name, "{}")).toCompletableFuture().join();
        return answer.errorType() == null ? "done" : answer.errorType();
    }

    private StatePeriod found(String name) {
        return TestRegistry.found(registry, name + "-id").orElseThrow();
    }

    @Test
    void toolsOfRegisteredServersAreOfferedUnderTheServersNames() {
        server("files", "read", "write");
        server("mail", "read");
        register("files", "mail");
        assertThat(tools()).containsExactlyInAnyOrder("files__read", "files__write", "mail__read");
        assertThat(gateway.offer().prompts())
                .extracting(prompt -> prompt.json().getString("name"))
                .containsExactlyInAnyOrder("files__hello", "mail__hello");
        assertThat(call("mail__read")).isEqualTo("done");
        assertThat(found("files").state()).isEqualTo(ServerState.HEALTHY);
    }

    @Test
    void resourceOfTwoServersIsThatOfTheFirstAndTheOtherIsReported() {
        server("files");
        server("mail");
        register("files", "mail");
        assertThat(Objects.requireNonNull(gateway.offers().resources().get("file:///shared"))
                        .link()
                        .server()
                        .name())
                .isEqualTo("files");
        assertThat(gateway.offers().hidden()).containsExactly(new Offers.Hidden("mail", "file:///shared", "files"));
    }

    @Test
    void serverThatIsNoMoreTakesItsToolsWithItAndTheConversationEnds() {
        FakeUpstream files = server("files", "read");
        server("mail", "read");
        register("files", "mail");
        register("mail");
        assertThat(tools()).containsExactly("mail__read");
        assertThat(files.closed).isTrue();
    }

    @Test
    void serverWithAnotherNameOffersAtOnceWhatItDidUnderThatName() {
        server("files", "read");
        register("files");
        RegisteredServer old = Fixture.server("files");
        server("docs", "read");
        gateway.serversChanged(List.of(new RegisteredServer(
                old.id(), "docs", old.url(), old.transport(), old.tags(), null, old.timeout(), 2)));
        assertThat(tools()).containsExactly("docs__read");
    }

    @Test
    void changeOfItsListsIsReadShortlyAfterItSaysSoAndClientsHear() {
        FakeUpstream files = server("files", "read");
        register("files");
        int before = changes.get();
        offers(files, "read", "write");
        connector("files").listener().listsChanged();
        connector("files").listener().listsChanged();
        tick(299);
        assertThat(tools()).containsExactly("files__read");
        tick(1);
        assertThat(tools()).containsExactlyInAnyOrder("files__read", "files__write");
        assertThat(changes.get()).isEqualTo(before + 1);
        assertThat(files.requests("tools/list")).hasSize(2);
    }

    @Test
    void listsAreReadAnewOnScheduleAndNobodyHearsOfItIfNothingChanged() {
        FakeUpstream files = server("files", "read");
        register("files");
        int before = changes.get();
        tick(299_999);
        assertThat(files.requests("tools/list")).hasSize(1);
        tick(1);
        assertThat(files.requests("tools/list")).hasSize(2);
        assertThat(changes.get()).isEqualTo(before);
    }

    @Test
    void deadServerIsSeenWithinSecondsOfALiveCallAndItsToolsStayAndFail() {
        FakeUpstream files = server("files", "read");
        register("files");
        for (String method : List.of("tools/call", "ping")) {
            files.fails(method, UpstreamException.Reason.TRANSPORT);
        }
        connector("files").refuses(UpstreamException.Reason.TRANSPORT);
        tick(10_000);
        assertThat(found("files").state()).as("nobody has asked").isEqualTo(ServerState.HEALTHY);

        assertThat(call("files__read")).isEqualTo("transport");
        tick(0);
        assertThat(found("files").state()).isEqualTo(ServerState.DEGRADED);
        tick(1_000);
        assertThat(found("files").state()).isEqualTo(ServerState.UNHEALTHY);
        assertThat(found("files").reason()).isEqualTo("transport: it is broken");
        assertThat(tools()).containsExactly("files__read");
        assertThat(call("files__read")).isEqualTo("transport");
    }

    @Test
    void serverThatIsBackIsFoundAndCalledAndReadAgainWithoutOurRestart() {
        FakeUpstream files = server("files", "read");
        register("files");
        files.fails("tools/call", UpstreamException.Reason.TRANSPORT);
        files.fails("ping", UpstreamException.Reason.TRANSPORT);
        connector("files").refuses(UpstreamException.Reason.TRANSPORT);
        for (int i = 0; i < 5; i++) {
            call("files__read");
        }
        tick(1_000);
        tick(1_000);
        assertThat(found("files").state()).isEqualTo(ServerState.UNHEALTHY);
        assertThat(call("files__read")).as("the circuit is open").isEqualTo("refused");

        FakeUpstream again = new FakeUpstream();
        offers(again, "read", "fresh");
        again.answers("resources/list", "{}")
                .answers("resources/templates/list", "{}")
                .answers("prompts/list", "{}")
                .answers("ping", "{}")
                .answers("tools/call", "{'content':[]}");
        connector("files").gives(again);
        tick(30_000);
        assertThat(found("files").state()).isEqualTo(ServerState.DEGRADED);
        assertThat(tools()).containsExactlyInAnyOrder("files__read", "files__fresh");
        assertThat(call("files__fresh")).isEqualTo("done");
        tick(1_000);
        assertThat(found("files").state()).isEqualTo(ServerState.HEALTHY);
        assertThat(files.closed).isTrue();
    }

    @Test
    void callThatFoundTheServerAliveIsNotCutOffByTheCheckThatFindsItToo() {
        FakeUpstream files = server("files", "read");
        register("files");
        files.fails("tools/call", UpstreamException.Reason.TRANSPORT);
        files.fails("ping", UpstreamException.Reason.TRANSPORT);
        connector("files").refuses(UpstreamException.Reason.TRANSPORT);
        call("files__read");
        tick(1_000);
        tick(1_000);
        assertThat(found("files").state()).isEqualTo(ServerState.UNHEALTHY);

        CompletableFuture<JsonObject> late = new CompletableFuture<>();
        files.on("tools/call", request -> late).answers("ping", "{}");
        connector("files").gives(new FakeUpstream());
        CompletableFuture<Answer> answer = gateway.offer()
                .tools()
                .get(0)
                .call(new FakeCall("files__read", "{}"))
                .toCompletableFuture();
        tick(30_000);
        assertThat(found("files").state()).isNotEqualTo(ServerState.UNHEALTHY);
        assertThat(files.closed).isFalse();
        assertThat(answer).isNotDone();
        late.complete(Texts.json("{'content':[]}"));
        assertThat(((Answer.Complete) answer.join()).errorType()).isNull();
    }

    @Test
    void toolsOfAServerThatDoesNotAnswerGoAfterTheTimeThatTheyAreKeptAndComeBackWithIt() {
        FakeUpstream files = server("files", "read");
        register("files");
        files.fails("ping", UpstreamException.Reason.TRANSPORT);
        connector("files").refuses(UpstreamException.Reason.TRANSPORT);
        connector("files").listener().lost("it went away");
        tick(1_000);
        tick(1_000);
        assertThat(found("files").state()).isEqualTo(ServerState.UNHEALTHY);
        tick(Duration.ofDays(1).toMillis() - 1);
        assertThat(tools()).containsExactly("files__read");
        tick(1);
        assertThat(tools()).isEmpty();

        files.answers("ping", "{}");
        connector("files").gives(files);
        tick(30_000);
        assertThat(tools()).containsExactly("files__read");
    }

    @Test
    void oneServerThatHangsDoesNotKeepTheOthersWaiting() {
        FakeUpstream slow = server("slow", "wait");
        connector("slow").gives(new CompletableFuture<>());
        server("files", "read");
        register("slow", "files");
        assertThat(tools()).containsExactly("files__read");
        assertThat(gateway.states()).containsEntry("slow", ServerState.UNKNOWN);
        tick(40_001);
        tick(0);
        assertThat(gateway.states()).containsEntry("slow", ServerState.UNHEALTHY);
        assertThat(slow.requests()).isEmpty();
    }

    @Test
    void checksAndReadingsAreObservedApartFromCalls() {
        server("files", "read");
        register("files");
        assertThat(recorder.observations())
                .extracting(Observation::series)
                .extracting(series -> series.value(1))
                .containsExactly("(check)", "(discovery)");
    }

    @Test
    void modernServerIsCheckedByDiscoverSinceItHasNoPing() {
        FakeUpstream files = server("files", "read");
        files.version = "2026-07-28";
        files.answers("server/discover", "{}");
        register("files");
        assertThat(files.requests("server/discover")).hasSize(1);
        assertThat(files.requests("ping")).isEmpty();
    }
}
