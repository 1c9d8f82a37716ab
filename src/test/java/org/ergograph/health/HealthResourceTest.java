package org.ergograph.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletionStage;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.observation.NotingRecorder;
import org.ergograph.web.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The report as a client gets it. */
class HealthResourceTest {
    private static final HealthSettings LOW =
            new HealthSettings(Duration.ofSeconds(30), Duration.ofSeconds(10), 10, 20, 30, List.of(), List.of());

    private final FakeTime time = new FakeTime();
    private final Deque<Runnable> started = new ArrayDeque<>();
    private double cpu;
    private double memory;
    private double disk;

    private final HealthProbe system = new HealthProbe() {
        @Override
        public String name() {
            return "system";
        }

        @Override
        public Finding check() {
            return SystemProbe.judge(OptionalDouble.of(cpu), OptionalDouble.of(memory), OptionalDouble.of(disk), LOW);
        }
    };

    private final HealthResource resource = new HealthResource();

    @SuppressWarnings("UnnecessaryAssignment") // there is no container here
    HealthResourceTest() {
        resource.checks = new HealthChecks(List.of(system), new NotingRecorder(), time, LOW, started::add);
        resource.node = new NodeIdentity("node", "1.2.3", 0);
        resource.time = time;
    }

    private static UriInfo query(String query) {
        MultivaluedHashMap<String, String> parameters = new MultivaluedHashMap<>();
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                parameters.add(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
            }
        }
        return (UriInfo) Proxy.newProxyInstance(
                UriInfo.class.getClassLoader(), new Class<?>[] {UriInfo.class}, (proxy, method, args) -> {
                    if (method.getName().equals("getQueryParameters")) {
                        return parameters;
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    private static JsonObject json(Response response) {
        return Json.createReader(new ByteArrayInputStream((byte[]) response.getEntity()))
                .readObject();
    }

    private void check() {
        resource.checks.run();
        while (!started.isEmpty()) {
            started.remove().run();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "9, 19, 29, 200, healthy, all are within their limits",
        "10, 19, 29, 200, degraded, one is over its limit",
        "9, 20, 30, 200, degraded, two are over theirs",
        "10, 20, 30, 503, unhealthy, three are over theirs",
    })
    void oneResourceOverItsLimitIs200AndThreeAre503(
            double cpuPercent, double memoryPercent, double diskPercent, int status, String state, String because) {
        cpu = cpuPercent;
        memory = memoryPercent;
        disk = diskPercent;
        check();
        Response response = resource.report(query("detailed=true"));
        assertThat(response.getStatus()).as(because).isEqualTo(status);
        JsonObject report = json(response);
        assertThat(report.getString("status")).as(because).isEqualTo(state);
        assertThat(report.getString("version")).isEqualTo("1.2.3");
        assertThat(report.getJsonObject("summary").getInt(state)).isEqualTo(1);
        assertThat(report.getJsonArray("checks").getJsonObject(0).getString("status"))
                .isEqualTo(state);
    }

    @ParameterizedTest
    @ValueSource(strings = {"detailed=yes", "checksOnly=1", "detailed=true&detailed=true", "verbose=true"})
    void whatIsNoParameterIsAProblemThatNamesIt(String query) {
        assertThatThrownBy(() -> resource.report(query(query)))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("400")
                .hasMessageContaining(query.substring(0, query.indexOf('=')));
    }

    @Test
    void oneAskedForByNameIsCheckedNowAndCountsAtOnce() {
        check();
        disk = 95;
        CompletionStage<Response> answer = resource.check("system", query(""));
        assertThat(answer.toCompletableFuture()).isNotDone();
        while (!started.isEmpty()) {
            started.remove().run();
        }
        assertThat(json(answer.toCompletableFuture().join()).getString("status"))
                .isEqualTo("degraded");
        assertThat(json(resource.report(query(""))).getString("status")).isEqualTo("degraded");
    }

    @Test
    void oneAskedForByNameThatHangsIsAnsweredWhenItsTimeIsOver() {
        CompletionStage<Response> answer = resource.check("system", query(""));
        time.pass(Duration.ofSeconds(10));
        resource.checks.run();
        Response response = answer.toCompletableFuture().join();
        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(json(response).getString("error")).isEqualTo("timeout");
    }
}
