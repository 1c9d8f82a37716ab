package org.ergograph.gateway;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.ergograph.observation.NotingRecorder;
import org.ergograph.registry.RegisteredServer;
import org.ergograph.registry.Transport;

/** One link to one fake server, and everything around it, on a clock that the test moves. */
final class Fixture {
    final NotingRecorder recorder = new NotingRecorder();
    final FakeUpstream upstream = new FakeUpstream();
    final FakeConnector connector = new FakeConnector(upstream);
    final List<String> refusals = new ArrayList<>();
    final List<Double> added = java.util.Collections.synchronizedList(new ArrayList<>());
    final Map<String, JsonObject> cached = new ConcurrentHashMap<>();
    final GatewaySettings settings;
    final Ledger ledger;
    final Link link;
    final Router router;

    Fixture() {
        this(settings(3, Duration.ofHours(1)), caching());
    }

    Fixture(GatewaySettings settings, CacheSettings caching) {
        this.settings = settings;
        this.ledger = new Ledger(settings, recorder);
        this.link = new Link(server("files"), settings, recorder, connector, uri -> {}, refusals::add, added::add);
        this.router = new Router(recorder, recorder, settings, caching, new MapCache(), ledger);
    }

    private final class MapCache implements ResultCache {
        @Override
        public CompletionStage<Optional<JsonObject>> get(String key) {
            return CompletableFuture.completedFuture(Optional.ofNullable(cached.get(key)));
        }

        @Override
        public void put(String key, JsonObject result, Duration ttl) {
            cached.put(key, result);
        }
    }

    static RegisteredServer server(String name) {
        return new RegisteredServer(
                name + "-id",
                name,
                "http://" + name + ".example/mcp",
                Transport.STREAMABLE_HTTP,
                List.of(),
                null,
                Duration.ofSeconds(30),
                1);
    }

    /** Three failures of ten calls open the circuit. */
    static GatewaySettings settings(int concurrent, Duration breakerDelay) {
        return new GatewaySettings(
                Duration.ofMinutes(5),
                Duration.ofDays(1),
                100,
                concurrent,
                1 << 20,
                3,
                10,
                breakerDelay,
                Duration.ofSeconds(300),
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                List.of());
    }

    static CacheSettings caching(CacheSettings.Rule... rules) {
        return new CacheSettings(List.of(rules), List.of("files__shared"), 1 << 20, 64, null, Duration.ofMillis(250));
    }

    UpstreamTool tool(String name) {
        return tool(name, "{}");
    }

    /** @param annotations JSON */
    UpstreamTool tool(String name, String annotations) {
        return new UpstreamTool(
                link,
                Texts.json(
                        "{'name':'%s','inputSchema':{'type':'object'},'annotations':%s}".formatted(name, annotations)),
                router);
    }
}
