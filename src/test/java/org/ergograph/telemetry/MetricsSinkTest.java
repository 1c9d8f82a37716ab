package org.ergograph.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Observation;
import org.ergograph.observation.ObservationSettings;
import org.ergograph.observation.Series;
import org.ergograph.observation.SeriesRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MetricsSinkTest {
    private final PublishedMetrics published = new PublishedMetrics();
    private final SeriesRegistry registry = new SeriesRegistry(1000);
    private final MetricsSink sink =
            new MetricsSink(ObservationSettings.defaults(), new Instruments(published.registry()));

    private static Observation observation(Series series, long nanos, int status, @Nullable String errorType) {
        return bytes(series, nanos, status, errorType, -1, -1, -1);
    }

    private static Observation bytes(
            Series series, long nanos, int status, @Nullable String errorType, long in, long out, long allocated) {
        return new Observation(series, 0, nanos, status, errorType, 1, 2, null, in, out, allocated, false, false);
    }

    @Test
    void requestsAreCountedByStatus() {
        Series series = registry.resolve(Kind.HTTP, "GET", "/items/{id}");
        for (int status : new int[] {404, 200, 200, 500, 200, 404}) {
            sink.accept(observation(series, 2_000_000, status, status >= 500 ? "500" : null));
        }
        sink.run();
        String labels = "{method=\"GET\",endpoint=\"/items/{id}\",status=\"%s\"}";
        assertThat(published.counter("mcp_http_requests_total", labels.formatted("200")))
                .isEqualTo(3);
        assertThat(published.counter("mcp_http_requests_total", labels.formatted("404")))
                .isEqualTo(2);
        assertThat(published.counter("mcp_http_requests_total", labels.formatted("500")))
                .isEqualTo(1);
        assertThat(published.values("mcp_http_request_duration{method=\"GET\",endpoint=\"/items/{id}\"}"))
                .containsOnly(2_000_000L)
                .hasSize(6);
    }

    @Test
    void unknownStatusCodesShareAValue() {
        Series series = registry.resolve(Kind.HTTP, "GET", "/");
        for (int status = -50; status < 1050; status++) {
            sink.accept(observation(series, 1, status, null));
        }
        sink.run();
        assertThat(published.counters).hasSize(501);
        assertThat(published.counter("mcp_http_requests_total", "{method=\"GET\",endpoint=\"/\",status=\"other\"}"))
                .isEqualTo(600);
    }

    @Test
    void sizesThatAreUnknownAreLeftOut() {
        Series one = registry.resolve(Kind.HTTP, "GET", "/a");
        Series two = registry.resolve(Kind.HTTP, "POST", "/a");
        sink.accept(bytes(one, 1, 200, null, -1, 500, 1000));
        sink.accept(bytes(two, 1, 200, null, 0, -1, 3000));
        sink.run();
        assertThat(published.values("mcp_http_request_size_bytes{method=\"POST\",endpoint=\"/a\"}"))
                .containsExactly(0L);
        assertThat(published.values("mcp_http_response_size_bytes{method=\"GET\",endpoint=\"/a\"}"))
                .containsExactly(500L);
        assertThat(published.values).doesNotContainKey("mcp_http_request_size_bytes{method=\"GET\",endpoint=\"/a\"}");
        assertThat(published.values("mcp_request_allocated_bytes{endpoint=\"/a\"}"))
                .containsExactly(1000L, 3000L);
    }

    @Test
    void databaseStepsToolsAndMethodsHaveTheirFamilies() {
        sink.accept(observation(registry.resolve(Kind.DB, "select", "server"), 5, 0, null));
        sink.accept(observation(registry.resolve(Kind.WORKFLOW, "register", "probe"), 6, 0, "IOException"));
        sink.accept(observation(registry.resolve(Kind.METHOD, "price"), 7, 0, null));
        sink.run();
        assertThat(published.counter(
                        "mcp_db_operations_total", "{operation=\"select\",table=\"server\",status=\"success\"}"))
                .isEqualTo(1);
        assertThat(published.values("mcp_db_operation_duration{operation=\"select\",table=\"server\"}"))
                .containsExactly(5L);
        assertThat(published.counter(
                        "mcp_workflow_steps_total", "{workflow=\"register\",step=\"probe\",status=\"error\"}"))
                .isEqualTo(1);
        assertThat(published.counter("ergograph_method_calls_total", "{name=\"price\",status=\"success\"}"))
                .isEqualTo(1);
        assertThat(published.values("ergograph_method_duration{name=\"price\"}"))
                .containsExactly(7L);
    }

    @Test
    void aToolsErrorsAreCountedByTypeAndBounded() {
        Series series = registry.resolve(Kind.TOOL, "search", "general");
        sink.accept(observation(series, 1, 0, null));
        for (int i = 0; i < 100_000; i++) {
            sink.accept(observation(series, 1, 0, "Error" + i));
        }
        sink.accept(observation(series, 1, 0, "Error0"));
        sink.run();
        assertThat(published.counter(
                        "mcp_tool_executions_total", "{tool=\"search\",status=\"error\",category=\"general\"}"))
                .isEqualTo(100_001);
        assertThat(published.counter(
                        "mcp_tool_executions_total", "{tool=\"search\",status=\"success\",category=\"general\"}"))
                .isEqualTo(1);
        assertThat(published.counter(
                        "mcp_tool_errors_total", "{tool=\"search\",error_type=\"Error0\",category=\"general\"}"))
                .isEqualTo(2);
        assertThat(published.counter(
                        "mcp_tool_errors_total", "{tool=\"search\",error_type=\"other\",category=\"general\"}"))
                .isEqualTo(100_000 - 50);
        assertThat(published.counters).hasSize(2 + 51);
    }

    @Test
    void aJsonRpcRequestHasAnOutcomeATimeAndSizes() {
        Series series = registry.resolve(Kind.MCP, "tools/call", "http");
        sink.accept(bytes(series, 3, 200, null, 120, 4000, -1));
        sink.accept(bytes(series, 4, 200, "-32602", 100, -1, -1));
        sink.run();
        String labels = "{method=\"tools/call\",status=\"%s\",transport=\"http\"}";
        String sizes = "{method=\"tools/call\",transport=\"http\"}";
        assertThat(published.counter("mcp_requests_total", labels.formatted("success")))
                .isEqualTo(1);
        assertThat(published.counter("mcp_requests_total", labels.formatted("error")))
                .isEqualTo(1);
        assertThat(published.values("mcp_request_duration" + sizes)).containsExactly(3L, 4L);
        assertThat(published.values("mcp_request_size_bytes" + sizes)).containsExactly(100L, 120L);
        assertThat(published.values("mcp_response_size_bytes" + sizes)).containsExactly(4000L);
    }

    @Test
    void aCallToAnUpstreamServerHasAnOutcomeATimeAndAReason() {
        Series series = registry.resolve(Kind.EXTERNAL, "weather", "forecast");
        sink.accept(observation(series, 3, 0, null));
        sink.accept(observation(series, 4, 0, "timeout"));
        sink.run();
        assertThat(published.counter(
                        "ergograph_upstream_calls_total", "{server=\"weather\",tool=\"forecast\",status=\"success\"}"))
                .isEqualTo(1);
        assertThat(published.counter(
                        "ergograph_upstream_errors_total",
                        "{server=\"weather\",tool=\"forecast\",error_type=\"timeout\"}"))
                .isEqualTo(1);
        assertThat(published.values("ergograph_upstream_call_duration{server=\"weather\",tool=\"forecast\"}"))
                .containsExactly(3L, 4L);
    }

    @Test
    void aHealthCheckIsNoCallToAnUpstreamServer() {
        Series series = registry.resolve(Kind.EXTERNAL, "database", "ping");
        sink.accept(new Observation(series, 0, 1, 0, null, 1, 2, null, -1, -1, -1, true, false));
        sink.run();
        assertThat(published.counters).isEmpty();
    }

    @Test
    void aWorkflowRunIsNoStepAndAnActHasNoMetrics() {
        sink.accept(observation(registry.resolve(Kind.WORKFLOW, "register", Kind.RUN), 1, 0, null));
        sink.accept(observation(registry.resolve(Kind.ADMIN, "rule", "create"), 1, 0, null));
        sink.run();
        assertThat(published.counters).isEmpty();
        assertThat(published.values).isEmpty();
    }

    @Test
    void anInstrumentIsResolvedOnce() {
        Series series = registry.resolve(Kind.DB, "select", "server");
        for (int i = 0; i < 5; i++) {
            sink.accept(observation(series, 1, 0, null));
            sink.run();
        }
        assertThat(published.registrations.values()).containsOnly(1);
        assertThat(published.values("mcp_db_operation_duration{operation=\"select\",table=\"server\"}"))
                .hasSize(5);
    }

    @Test
    void aSeriesThatCannotBePublishedDoesNotKeepTheOthersBack() {
        published.refused = "mcp_db_operations_total";
        sink.accept(observation(registry.resolve(Kind.DB, "select", "server"), 1, 0, null));
        sink.accept(observation(registry.resolve(Kind.METHOD, "price"), 1, 0, null));
        assertThatThrownBy(sink::run).hasMessageContaining("mcp_db_operations_total");
        assertThat(published.counter("ergograph_method_calls_total", "{name=\"price\",status=\"success\"}"))
                .isEqualTo(1);
    }

    @Test
    void stopPublishesWhatIsLeft() {
        sink.accept(observation(registry.resolve(Kind.METHOD, "last"), 1, 0, null));
        sink.stop();
        assertThat(published.counter("ergograph_method_calls_total", "{name=\"last\",status=\"success\"}"))
                .isEqualTo(1);
    }

    @Test
    void eightThreadsAreCountedExactlyWhilePublishing() throws Exception {
        int threads = 8;
        int each = 50_000;
        ExecutorService pool = Executors.newFixedThreadPool(threads + 1);
        try {
            AtomicBoolean done = new AtomicBoolean();
            Future<?> publisher = pool.submit(() -> {
                while (!done.get()) {
                    sink.run();
                }
            });
            List<Future<?>> writers = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int thread = t;
                writers.add(pool.submit(() -> {
                    Series own = registry.resolve(Kind.METHOD, "own" + thread);
                    Series shared = registry.resolve(Kind.DB, "select", "server");
                    for (int i = 0; i < each; i++) {
                        sink.accept(observation(own, 10, 0, null));
                        sink.accept(observation(shared, 1_000_000L * (i % 30), 0, i % 10 == 0 ? "SQLException" : null));
                    }
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            done.set(true);
            publisher.get();
        } finally {
            pool.shutdownNow();
        }
        sink.stop();
        String labels = "{operation=\"select\",table=\"server\",status=\"%s\"}";
        assertThat(published.counter("mcp_db_operations_total", labels.formatted("error")))
                .isEqualTo((long) threads * each / 10);
        assertThat(published.counter("mcp_db_operations_total", labels.formatted("success")))
                .isEqualTo((long) threads * each * 9 / 10);
        assertThat(published.values("mcp_db_operation_duration{operation=\"select\",table=\"server\"}"))
                .hasSize(threads * each);
        for (int t = 0; t < threads; t++) {
            assertThat(published.values("ergograph_method_duration{name=\"own%d\"}".formatted(t)))
                    .hasSize(each);
        }
    }
}
