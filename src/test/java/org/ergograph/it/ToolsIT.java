package org.ergograph.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Our own tools, resources and prompts, as a client of the newest revision has them. */
class ToolsIT extends DeployedWar {
    private static final String VERSION = "2026-07-28";
    private static final String MONITOR = "km_monitor_performance";

    private HttpResponse<String> post(String method, String name, String params) throws Exception {
        String meta = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"" + VERSION
                + "\",\"io.modelcontextprotocol/clientCapabilities\":{}%s}";
        String token = params.contains("\"progressToken\"") ? ",\"progressToken\":7" : "";
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{"
                + params.replace("\"progressToken\"", "")
                + (params.replace("\"progressToken\"", "").isEmpty() ? "" : ",")
                + meta.formatted(token) + "}}";
        var request = server.request("/mcp")
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", VERSION)
                .header("Mcp-Method", method);
        if (!name.isEmpty()) {
            request.header("Mcp-Name", name);
        }
        return server.send(request.POST(BodyPublishers.ofString(body)));
    }

    private JsonObject result(String method, String name, String params) throws Exception {
        HttpResponse<String> answer = post(method, name, params);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return message(answer).getJsonObject("result");
    }

    /** The last message of the answer, which is JSON or a stream of events. */
    private static JsonObject message(HttpResponse<String> answer) {
        List<JsonObject> all = messages(answer);
        return all.get(all.size() - 1);
    }

    private static List<JsonObject> messages(HttpResponse<String> answer) {
        boolean stream = answer.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
        return stream
                ? answer.body()
                        .lines()
                        .filter(line -> line.startsWith("data:") && line.length() > 6)
                        .map(line -> Json.object(line.substring(5)))
                        .toList()
                : List.of(Json.object(answer.body()));
    }

    private JsonObject monitor(String arguments) throws Exception {
        return result("tools/call", MONITOR, "\"name\":\"" + MONITOR + "\",\"arguments\":" + arguments);
    }

    private static String text(JsonObject result) {
        return result.getJsonArray("content").getJsonObject(0).getString("text");
    }

    @Test
    void ownToolsFitTheirBudgetAndThereIsNoDemonstration() throws Exception {
        JsonArray tools = result("tools/list", "", "").getJsonArray("tools");
        List<JsonObject> own = tools.getValuesAs(JsonObject.class).stream()
                .filter(tool -> tool.getString("name").startsWith("km_"))
                .toList();

        assertThat(own).extracting(tool -> tool.getString("name")).contains(MONITOR);
        assertThat(own).allSatisfy(tool -> assertThat(tool).containsKeys("outputSchema", "annotations", "title"));
        assertThat(own.stream().mapToInt(tool -> tool.toString().length()).sum() / 4)
                .as("tokens, roughly")
                .isLessThan(8_000);
        assertThat(tools.toString()).doesNotContain("\"demo_");
    }

    @Test
    void monitoringSeesWhatHappensMeanwhile() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        JsonObject result;
        try {
            Future<Integer> requests = other.submit(() -> {
                int sent = 0;
                while (!Thread.currentThread().isInterrupted() && sent < 200) {
                    server.get("/api/v1/metrics/summary?kind=mcp");
                    sent++;
                }
                return sent;
            });
            result = monitor("{\"monitoring_scope\":\"system\",\"monitoring_duration\":2,\"sampling_interval\":0.25,"
                    + "\"metrics_types\":[\"cpu\",\"memory\",\"heap\",\"disk\",\"execution_time\",\"throughput\"],"
                    + "\"alert_thresholds\":{\"memory\":0.001},\"include_historical\":true}");
            requests.cancel(true);
        } finally {
            other.shutdownNow();
        }
        assertThat(result.containsKey("isError")).as(result.toString()).isFalse();
        JsonObject content = result.getJsonObject("structuredContent");
        assertThat(content.getInt("samples") + content.getInt("missedSamples")).isEqualTo(8);
        assertThat(content.getString("verdict")).startsWith("memory ").contains(" over 0.001");
        assertThat(content.getString("from")).endsWith("Z");
        assertThat(content.getJsonObject("execution").getInt("count")).isPositive();
        assertThat(content.getJsonObject("execution").getJsonArray("busiest").toString())
                .contains("http:GET /api/v1/metrics/summary");
        assertThat(content.getJsonObject("historical").getBoolean("available")).isTrue();
        assertThat(content.getJsonObject("historical").getInt("count")).isNotNegative();
        assertThat(text(result)).startsWith(content.getString("verdict"));
        assertThat(result.getJsonObject("_meta")
                        .getJsonNumber("executionTimeSeconds")
                        .doubleValue())
                .isBetween(1.9, 10.0);
    }

    @Test
    void progressIsToldForEachSample() throws Exception {
        List<JsonObject> messages = messages(
                post(
                        "tools/call",
                        MONITOR,
                        "\"progressToken\"\"name\":\"" + MONITOR
                                + "\",\"arguments\":{\"monitoring_scope\":\"system\",\"monitoring_duration\":1,\"sampling_interval\":0.25}"));

        assertThat(messages.subList(0, messages.size() - 1))
                .isNotEmpty()
                .allSatisfy(message -> assertThat(message.getString("method")).isEqualTo("notifications/progress"));
        assertThat(messages.get(messages.size() - 1).containsKey("result")).isTrue();
    }

    @Test
    void wrongArgumentIsToldTheModel() throws Exception {
        JsonObject result = monitor("{\"monitoring_scope\":\"system\",\"sampling_interval\":0.05}");

        assertThat(result.getBoolean("isError")).isTrue();
        assertThat(text(result)).isEqualTo("sampling_interval is 0.05: must be a number from 0.1 to 60");
    }

    @Test
    void unknownTargetIsToldWithNearNames() throws Exception {
        server.get("/api/v1/metrics/summary");
        JsonObject result = monitor("{\"monitoring_scope\":\"specific\",\"target_id\":\"GET /api/v1/metrics/sumary\"}");

        assertThat(result.getBoolean("isError")).isTrue();
        assertThat(text(result)).contains("there is no such series").contains("http:GET /api/v1/metrics/summary");
    }

    @Test
    void monitoringsAreBoundedAndHoldNoThreads() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(30);
        List<Future<JsonObject>> answers = new ArrayList<>();
        try {
            for (int i = 0; i < 30; i++) {
                answers.add(
                        clients.submit(() -> monitor("{\"monitoring_scope\":\"system\",\"monitoring_duration\":5}")));
            }
            int refused = 0;
            for (Future<JsonObject> answer : answers) {
                JsonObject result = answer.get();
                if (result.containsKey("isError")) {
                    assertThat(text(result)).contains("20 monitorings are under way");
                    refused++;
                } else {
                    assertThat(result.getJsonObject("structuredContent").getInt("samples"))
                            .isPositive();
                }
            }
            assertThat(refused).isBetween(10, 11);
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void callIsInTheAuditLog() throws Exception {
        monitor("{\"monitoring_scope\":\"system\",\"monitoring_duration\":1}");

        Await.until(
                "a row of the tool",
                () -> server.get("/api/v1/audit?kind=tool&name=" + MONITOR + "&outcome=success&limit=1")
                        .body(),
                body -> body.contains("\"category\":\"performance\""));
    }

    @Test
    void summaryAndOneSeriesAreResources() throws Exception {
        server.get("/api/v1/metrics/summary");
        assertThat(result("resources/list", "", "").toString()).contains("ergograph://summary");
        assertThat(result("resources/templates/list", "", "").toString()).contains("ergograph://series/{kind}/{name}");
        assertThat(read("ergograph://summary").getJsonObject("overall")).containsKey("p95Seconds");
        JsonObject series = read("ergograph://series/http/GET%20%2Fapi%2Fv1%2Fmetrics%2Fsummary");
        assertThat(series.getString("name")).isEqualTo("GET /api/v1/metrics/summary");
        assertThat(series.getInt("count")).isPositive();
    }

    private JsonObject read(String uri) throws Exception {
        return Json.object(result("resources/read", uri, "\"uri\":\"" + uri + "\"")
                .getJsonArray("contents")
                .getJsonObject(0)
                .getString("text"));
    }

    @Test
    void promptsAreOfferedAndTheirArgumentIsCompleted() throws Exception {
        server.get("/api/v1/metrics/summary");
        String prompt = result("prompts/get", "investigate_latency", "\"name\":\"investigate_latency\"")
                .getJsonArray("messages")
                .toString();
        assertThat(prompt).contains(MONITOR, "ergograph://summary");
        JsonArray values = result(
                        "completion/complete",
                        "",
                        "\"ref\":{\"type\":\"ref/prompt\",\"name\":\"explain_errors\"},"
                                + "\"argument\":{\"name\":\"target\",\"value\":\"metrics/summ\"}")
                .getJsonObject("completion")
                .getJsonArray("values");
        assertThat(values.getValuesAs(JsonString::getString)).contains("http:GET /api/v1/metrics/summary");
    }
}
