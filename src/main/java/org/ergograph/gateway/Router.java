package org.ergograph.gateway;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Recorder;
import org.ergograph.observation.TimeSource;
import org.ergograph.tool.Answer;
import org.ergograph.tool.Call;
import org.ergograph.web.Continuation;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;

/** Takes calls to upstream servers: answers from the cache what may be, and sends the rest on if the guard lets it. Thread-safe. */
@Singleton
class Router {
    static final String CALL = "tools/call";
    static final String READ = "resources/read";
    static final String PROMPT = "prompts/get";
    static final String COMPLETE = "completion/complete";

    private static final String META = "_meta";
    private static final int MAX_VALUES = 100;
    /** What belongs to one hop: the sender's progress token, trace and protocol. */
    private static final Set<String> HOP = Set.of("progressToken", "traceparent", "tracestate", "baggage");

    private static final String PROTOCOL = "io.modelcontextprotocol/";

    private final Recorder recorder;
    private final TimeSource time;
    private final GatewaySettings settings;
    private final CacheSettings caching;
    private final ResultCache cache;
    private final Ledger ledger;

    @Inject
    Router(
            Recorder recorder,
            TimeSource time,
            GatewaySettings settings,
            CacheSettings caching,
            ResultCache cache,
            Ledger ledger) {
        this.recorder = recorder;
        this.time = time;
        this.settings = settings;
        this.caching = caching;
        this.cache = cache;
        this.ledger = ledger;
    }

    /** The way of a tool's calls. */
    Route tool(Link link, JsonObject tool, String offered) {
        Optional<java.time.Duration> ttl = Route.isCacheable(tool) ? caching.ttl(offered) : Optional.empty();
        String label = tool.getString("name");
        return new Route(
                link,
                offered,
                CALL,
                label,
                Route.isRepeatable(tool),
                ttl.orElse(null),
                caching.isShared(offered),
                recorder.series(Kind.EXTERNAL, link.server().name(), label),
                ledger.of(link.server().name(), label));
    }

    /** The way of a server's requests of another method, all of which may be sent again. */
    Route route(Link link, String method) {
        String server = link.server().name();
        return new Route(
                link,
                method,
                method,
                method,
                true,
                null,
                false,
                recorder.series(Kind.EXTERNAL, server, method),
                ledger.of(server, method));
    }

    /**
     * Makes the call, on the thread whose observation it is nested in.
     *
     * @param params of the request, without {@code _meta}
     */
    CompletionStage<Answer> call(Route route, Call call, JsonObjectBuilder params) {
        long entered = time.nanoTime();
        route.stats().called();
        JsonObject meta = passedOn(call.meta());
        JsonObject whole = (meta.isEmpty() ? params : params.add(META, meta)).build();
        if (route.ttl() == null) {
            return send(route, call, whole, entered);
        }
        String key = CacheKeys.of(route, call);
        CompletableFuture<Optional<JsonObject>> looking = cache.get(key).toCompletableFuture();
        if (looking.isDone()) {
            return answer(route, call, whole, entered, key, looking.join());
        }
        return looking.thenCompose(Continuation.<Optional<JsonObject>, Answer>of(
                recorder, found -> answer(route, call, whole, entered, key, found)));
    }

    private CompletionStage<Answer> answer(
            Route route, Call call, JsonObject params, long entered, String key, Optional<JsonObject> found) {
        if (found.isPresent()) {
            route.stats().cached();
            return CompletableFuture.completedFuture(Answer.of(marked(found.get())));
        }
        CompletionStage<Answer> answer = send(route, call, params, entered);
        return answer.whenComplete((given, e) -> {
            if (given instanceof Answer.Complete complete && complete.errorType() == null && route.ttl() != null) {
                cache.put(key, complete.result(), route.ttl());
            }
        });
    }

    private CompletionStage<Answer> send(Route route, Call call, JsonObject params, long entered) {
        Guard guard = route.link().guard();
        Optional<Guard.Refusal> refusal = guard.enter();
        if (refusal.isPresent()) {
            route.stats().refused();
            route.link().refused(refusal.get().label());
            Replies.Reply reply = Replies.refused(route, refusal.get(), guard.limit());
            return reply.fault().isPresent()
                    ? CompletableFuture.failedFuture(reply.fault().get())
                    : CompletableFuture.completedFuture(reply.answer());
        }
        return new RoutedCall(route, call, params, recorder, time, settings.maxResultBytes(), entered).run();
    }

    /** Values for an argument; none if the server has no completion. */
    CompletionStage<List<String>> complete(
            Link link, JsonObjectBuilder reference, String argument, String typed, Call call) {
        Discovered found = link.discovered();
        if (found == null || !found.capabilities().containsKey("completions")) {
            return CompletableFuture.completedFuture(List.of());
        }
        JsonObjectBuilder params = JsonText.object()
                .add("ref", reference)
                .add("argument", JsonText.object().add("name", argument).add("value", typed));
        if (!call.arguments().isEmpty()) {
            params.add("context", JsonText.object().add("arguments", call.arguments()));
        }
        return call(route(link, COMPLETE), call, params).thenApply(Router::values);
    }

    private static List<String> values(Answer answer) {
        @Nullable
        JsonValue completion =
                answer instanceof Answer.Complete complete ? complete.result().get("completion") : null;
        return completion instanceof JsonObject object && object.get("values") instanceof JsonArray values
                ? values.stream()
                        .filter(JsonString.class::isInstance)
                        .map(value -> ((JsonString) value).getString())
                        .limit(MAX_VALUES)
                        .toList()
                : List.of();
    }

    /** What of the client's {@code _meta} is the server's to see. */
    static JsonObject passedOn(JsonObject meta) {
        JsonObjectBuilder kept = JsonText.object();
        meta.forEach((key, value) -> {
            if (!HOP.contains(key) && !key.startsWith(PROTOCOL)) {
                kept.add(key, value);
            }
        });
        return kept.build();
    }

    /** The result, which says that it was remembered. */
    private static JsonObject marked(JsonObject result) {
        JsonObjectBuilder meta =
                result.get(META) instanceof JsonObject given ? JsonText.object(given) : JsonText.object();
        return JsonText.object(result)
                .add(META, meta.add("ergograph/cache", "hit"))
                .build();
    }
}
