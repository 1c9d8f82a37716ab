package org.ergograph.health;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.ergograph.gateway.CacheState;
import org.ergograph.outbound.OutboundPolicy;
import org.ergograph.outbound.OutboundRequest;
import org.ergograph.outbound.OutboundResult;
import org.ergograph.registry.ServerState;
import org.ergograph.tool.ToolDefinition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What checks make of what they find. */
class ProbesTest {
    private static final Duration SLOW = Duration.ofMillis(50);
    private static final Duration CRITICAL = Duration.ofMillis(200);

    @ParameterizedTest
    @CsvSource({
        "false, , HEALTHY, , one in memory needs no ping",
        "true, 50, HEALTHY, , a ping at the limit is in time",
        "true, 51, DEGRADED, slow, a ping over the limit is slow",
        "true, 200, DEGRADED, slow, at the critical limit it is no more than slow",
        "true, 201, UNHEALTHY, slow, over the critical limit it is of no use",
        "true, , UNHEALTHY, unreachable, no answer is the worst",
    })
    void cacheIsJudgedByItsPing(
            boolean remote, @Nullable Long pingMillis, HealthState state, @Nullable String error, String because) {
        CacheState cache = new CacheState(
                "redis",
                remote,
                pingMillis == null ? null : Duration.ofMillis(pingMillis),
                3,
                1,
                0,
                Map.of("memoryBytes", 7L));
        Finding finding = CacheProbe.judge(cache, SLOW, CRITICAL);
        assertThat(finding.state()).as(because).isEqualTo(state);
        assertThat(finding.error()).as(because).isEqualTo(error);
        assertThat(finding.metadata()).containsEntry("hitRate", 0.75).containsEntry("memoryBytes", 7L);
    }

    @Test
    void cacheThatNobodyAskedHasNoHitRate() {
        CacheState cache = new CacheState("results", false, null, 0, 0, 0, Map.of());
        assertThat(CacheProbe.judge(cache, SLOW, CRITICAL).metadata()).doesNotContainKey("hitRate");
    }

    private static ToolDefinition tool(String name) {
        String category = name.contains("__") ? ToolDefinition.UPSTREAM : "performance";
        return new ToolDefinition(name, category, JsonValue.EMPTY_JSON_OBJECT, true);
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', DEGRADED, there is no tool",
        "'own', '', HEALTHY, 1 of 1 tools can be called",
        "'own a__x', 'a', HEALTHY, 1 of 2 tools can be called",
        "'a__x a__y b__z', 'a', HEALTHY, 1 of 3 tools can be called",
        "'a__x a__y b__z', 'a b', DEGRADED, the servers of all 3 tools are down",
    })
    void noToolThatCanBeCalledIsDegraded(String tools, String down, HealthState state, String message) {
        List<ToolDefinition> all = new ArrayList<>();
        if (!tools.isEmpty()) {
            Arrays.stream(tools.split(" ", -1)).map(ProbesTest::tool).forEach(all::add);
        }
        Map<String, ServerState> states = new HashMap<>(Map.of("a", ServerState.HEALTHY, "b", ServerState.UNKNOWN));
        if (!down.isEmpty()) {
            Arrays.stream(down.split(" ", -1)).forEach(name -> states.put(name, ServerState.UNHEALTHY));
        }
        Finding finding = ToolProbe.judge(all, states);
        assertThat(finding.state()).isEqualTo(state);
        assertThat(finding.message()).isEqualTo(message);
        assertThat(finding.metadata()).containsEntry("total", all.size());
    }

    @ParameterizedTest
    @CsvSource({
        "200, 200, HEALTHY, ",
        "204, 200, UNHEALTHY, status",
        "401, 401, HEALTHY, ",
        "503, 200, UNHEALTHY, status",
    })
    void urlIsToAnswerWithTheStatusThatIsExpected(int status, int expected, HealthState state, @Nullable String error) {
        Finding finding =
                UrlProbe.judge(new OutboundResult.Reached(status, Map.of(), "", false, Duration.ofMillis(5)), expected);
        assertThat(finding.state()).isEqualTo(state);
        assertThat(finding.error()).isEqualTo(error);
        assertThat(finding.metadata()).containsEntry("httpStatus", status).containsEntry("responseSeconds", 0.005);
    }

    @ParameterizedTest
    @CsvSource({"TIMEOUT, UNHEALTHY, timeout", "CONNECT, UNHEALTHY, connect", "BUSY, UNKNOWN, busy"})
    void urlThatDoesNotAnswerIsUnhealthyUnlessItIsUsWhoAreBusy(
            OutboundResult.Cause cause, HealthState state, String error) {
        Finding finding = UrlProbe.judge(new OutboundResult.Failed(cause, Duration.ofSeconds(1)), 200);
        assertThat(finding.state()).isEqualTo(state);
        assertThat(finding.error()).isEqualTo(error);
    }

    @Test
    void urlIsAskedAsThePolicyAllowsAndInTime() throws Exception {
        List<OutboundRequest> asked = new ArrayList<>();
        UrlProbe probe = new UrlProbe(
                new WatchedUrl("shop", "http://shop.example/up", 204),
                request -> {
                    asked.add(request);
                    return CompletableFuture.completedFuture(new OutboundResult.Refused(
                            new OutboundPolicy.Refused("leads to a private address", "a public address", false)));
                },
                Duration.ofSeconds(3));
        Finding finding = probe.check();
        assertThat(asked).singleElement().satisfies(request -> {
            assertThat(request.url()).isEqualTo("http://shop.example/up");
            assertThat(request.deadline()).isEqualTo(Duration.ofSeconds(3));
            assertThat(request.maxBytes()).isZero();
        });
        assertThat(finding.state()).isEqualTo(HealthState.UNHEALTHY);
        assertThat(finding.error()).isEqualTo("refused");
        assertThat(finding.message()).contains("leads to a private address");
    }
}
