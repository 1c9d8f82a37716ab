package org.ergograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ergograph.gateway.Conversations.LONG;
import static org.ergograph.gateway.Conversations.call;
import static org.ergograph.gateway.Conversations.failure;
import static org.ergograph.gateway.Conversations.get;
import static org.ergograph.gateway.Conversations.request;
import static org.ergograph.gateway.Conversations.textOf;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.ergograph.gateway.UpstreamException.Reason;
import org.ergograph.web.JsonText;

/** What must work with every server that has the tools of {@code src/it/upstreams}. */
final class Tour {
    private Tour() {}

    static void of(Upstream upstream) throws Exception {
        JsonObject listed = get(upstream.request(request("tools/list", JsonValue.EMPTY_JSON_OBJECT, LONG))
                .result());
        assertThat(listed.getJsonArray("tools").getValuesAs(JsonObject.class))
                .extracting(tool -> tool.getString("name"))
                .contains("add", "echo", "slow", "fail", "big", "progress");
        JsonObject numbers = JsonText.object().add("a", 2).add("b", 3).build();
        assertThat(textOf(get(upstream.request(tool("add", numbers)).result()))).isEqualTo("5");
        assertThat(textOf(get(upstream.request(call("echo", "text", Json.createValue("caf\u00e9 \ud83d\ude00")))
                        .result())))
                .isEqualTo("caf\u00e9 \ud83d\ude00");
        assertThat(get(upstream.request(call("fail", "message", Json.createValue("as asked")))
                                .result())
                        .get("isError"))
                .isEqualTo(JsonValue.TRUE);
        assertThat(textOf(get(upstream.request(call("big", "bytes", Json.createValue(50_000)))
                        .result())))
                .hasSize(50_000);
        assertThat(failure(upstream.request(call("big", "bytes", Json.createValue(5_000_000)))
                                .result())
                        .reason())
                .isEqualTo(Reason.TOO_LARGE);
        assertThat(failure(upstream.request(call("slow", "seconds", Json.createValue(20), Duration.ofMillis(300)))
                                .result())
                        .reason())
                .isEqualTo(Reason.TIMEOUT);
        List<Integer> progress = new ArrayList<>();
        get(upstream.request(request(
                        "tools/call",
                        JsonText.object()
                                .add("name", "progress")
                                .add("arguments", JsonText.object().add("steps", 5))
                                .build(),
                        LONG,
                        params -> progress.add(params.getInt("progress"))))
                .result());
        assertThat(progress).containsExactly(1, 2, 3, 4, 5);
        PendingCall cancelled = upstream.request(call("slow", "seconds", Json.createValue(20)));
        cancelled.cancel();
        assertThat(failure(cancelled.result()).reason()).isEqualTo(Reason.CANCELLED);
        UpstreamException unknown =
                failure(upstream.request(request("nonsense/method", JsonValue.EMPTY_JSON_OBJECT, LONG))
                        .result());
        assertThat(unknown.reason()).isEqualTo(Reason.PROTOCOL);
        assertThat(Results.code(unknown.error())).isEqualTo(-32601);
    }

    /** How long so many calls that wait a second each take together. */
    static Duration slowCalls(Upstream upstream, int count) throws Exception {
        long start = System.nanoTime();
        List<CompletableFuture<?>> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            calls.add(upstream.request(call("slow", "seconds", Json.createValue(1)))
                    .result()
                    .toCompletableFuture());
        }
        CompletableFuture.allOf(calls.toArray(new CompletableFuture<?>[0])).get(60, TimeUnit.SECONDS);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static UpstreamRequest tool(String name, JsonObject arguments) {
        return request(
                "tools/call",
                JsonText.object().add("name", name).add("arguments", arguments).build(),
                LONG);
    }
}
