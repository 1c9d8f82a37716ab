package org.ergograph.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that is not ours, registered over REST, and what clients of {@code /mcp} get of it. */
class GatewayIT extends DeployedWar {
    private static final String SERVERS = "/api/v1/servers";

    private SdkUpstream upstream;
    private String id = "";

    @BeforeEach
    void register() throws Exception {
        upstream = SdkUpstream.start(0);
        HttpResponse<String> created = Await.until(
                "the registry is ready",
                () -> post(SERVERS, body("sdk", upstream.url())),
                got -> got.statusCode() < 500);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        id = org.ergograph.it.Json.object(created.body()).getString("id");
        Await.until(
                "its tools are offered",
                () -> get("/api/v1/discovery/tools?server=sdk"),
                page -> !page.getJsonArray("items").isEmpty());
    }

    @AfterEach
    void deregister() throws Exception {
        server.send(server.request(SERVERS + "/" + id).header("If-Match", "*").DELETE());
        upstream.close();
        Await.until(
                "its tools are gone",
                () -> get("/api/v1/discovery/tools?server=sdk").getJsonArray("items"),
                List::isEmpty);
    }

    private static String body(String name, String url) {
        return "{\"name\":\"%s\",\"url\":\"%s\",\"timeout\":\"PT5S\"}".formatted(name, url);
    }

    private HttpResponse<String> post(String path, String json) throws Exception {
        return server.send(
                server.request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    private JsonObject get(String path) throws Exception {
        return org.ergograph.it.Json.object(server.get(path).body());
    }

    /** The answer to a JSON-RPC request, under this trace. */
    private JsonObject ask(String method, JsonObject params, String traceId) throws Exception {
        HttpResponse<String> answer = server.send(server.request("/mcp")
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", "2025-11-25")
                .header("traceparent", "00-" + traceId + "-00f067aa0ba902b7-01")
                .POST(BodyPublishers.ofString(Json.createObjectBuilder()
                        .add("jsonrpc", "2.0")
                        .add("id", 1)
                        .add("method", method)
                        .add("params", params)
                        .build()
                        .toString())));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return org.ergograph.it.Json.object(answer.body());
    }

    private JsonObject call(String tool, JsonObject arguments, String traceId) throws Exception {
        return ask(
                        "tools/call",
                        Json.createObjectBuilder()
                                .add("name", tool)
                                .add("arguments", arguments)
                                .build(),
                        traceId)
                .getJsonObject("result");
    }

    private static JsonObject numbers(int a, int b) {
        return Json.createObjectBuilder().add("a", a).add("b", b).build();
    }

    private static String text(JsonObject result) {
        return result.getJsonArray("content").getJsonObject(0).getString("text");
    }

    private static String trace(int number) {
        return "4bf92f3577b34da6a3ce92%010x".formatted(System.nanoTime() % 1_000_000_000L * 1000 + number);
    }

    /** How many rows of each kind and name the trace has. */
    private Map<String, Integer> rows(String traceId) throws Exception {
        Map<String, Integer> rows = new TreeMap<>();
        get("/api/v1/audit?traceId=" + traceId)
                .getJsonArray("items")
                .getValuesAs(JsonObject.class)
                .forEach(row -> rows.merge(row.getString("kind") + " " + row.getString("name"), 1, Integer::sum));
        return rows;
    }

    @Test
    void toolsAreListedAndCalledAndACallIsFourRowsOfOneTrace() throws Exception {
        List<String> names = ask("tools/list", JsonValue.EMPTY_JSON_OBJECT, trace(1))
                .getJsonObject("result")
                .getJsonArray("tools")
                .getValuesAs(JsonObject.class)
                .stream()
                .map(tool -> tool.getString("name"))
                .toList();
        assertThat(names).contains("sdk__add", "sdk__slow", "sdk__fail");

        String traceId = trace(2);
        assertThat(text(call("sdk__add", numbers(1, 2), traceId))).isEqualTo("3");
        Map<String, Integer> rows =
                Await.until("the rows are written", () -> rows(traceId), found -> found.size() >= 4);
        assertThat(rows)
                .isEqualTo(Map.of("http POST /mcp", 1, "mcp tools/call", 1, "tool sdk__add", 1, "external sdk/add", 1));
    }

    @Test
    void errorOfAToolIsPassedOn() throws Exception {
        JsonObject result = call(
                "sdk__fail", Json.createObjectBuilder().add("message", "no").build(), trace(3));
        assertThat(result.getBoolean("isError")).isTrue();
        assertThat(text(result)).isEqualTo("no");
    }

    @Test
    void serverIsKilledAndComesBackWithoutOurRestart() throws Exception {
        int port = upstream.port();
        assertThat(text(call("sdk__add", numbers(1, 2), trace(4)))).isEqualTo("3");
        upstream.close();
        JsonObject failed = call("sdk__add", numbers(1, 2), trace(5));
        assertThat(failed.getBoolean("isError")).isTrue();
        assertThat(text(failed)).startsWith("add of the server sdk was not done: transport: ");
        JsonObject down = Await.until(
                "it is found dead",
                () -> get(SERVERS + "/" + id),
                found -> found.getJsonObject("health").getString("state").equals("unhealthy"));
        assertThat(down.getInt("version"))
                .as("the version does not cover health")
                .isEqualTo(1);
        Await.until(
                "the list says so too",
                () -> get(SERVERS + "?name=sdk&status=unreachable").getJsonArray("items"),
                items -> items.size() == 1);
        assertThat(get("/api/v1/health/upstreams").getString("message")).contains("sdk");

        upstream = SdkUpstream.start(port);
        Await.until(
                "it is called again",
                () -> call("sdk__add", numbers(1, 2), trace(6)),
                result -> text(result).equals("3"));
        Await.until(
                "it is found healthy",
                () -> get(SERVERS + "/" + id).getJsonObject("health").getString("state"),
                state -> state.equals("healthy"));
        // The past is written a moment after the present is known.
        JsonObject past = Await.until(
                "the outage is in its history",
                () -> get(SERVERS + "/" + id).getJsonObject("health"),
                health -> health.getJsonArray("history").size() >= 3 && hour(health) < 1);
        assertThat(hour(past)).isPositive();
    }

    private static double hour(JsonObject health) {
        return health.getJsonObject("availability").get("hour") instanceof JsonNumber share
                ? share.doubleValue()
                : Double.NaN;
    }

    @Test
    void routerTellsWhatWasCalled() throws Exception {
        for (int i = 0; i < 10; i++) {
            call("sdk__add", numbers(i, i), trace(7));
        }
        JsonObject add =
                get("/api/v1/router/metrics?server=sdk").getJsonArray("tools").getValuesAs(JsonObject.class).stream()
                        .filter(tool -> tool.getString("tool").equals("add"))
                        .findFirst()
                        .orElseThrow();
        assertThat(add.getInt("calls")).isEqualTo(add.getInt("sent")).isGreaterThanOrEqualTo(10);
        assertThat(add.getJsonObject("resultBytes").getInt("count")).isEqualTo(add.getInt("sent"));
        JsonObject added = add.getJsonObject("addedLatency").getJsonObject("window");
        assertThat(added.getInt("count")).isEqualTo(add.getInt("sent"));
        assertThat(added.getJsonNumber("p50Seconds").doubleValue()).isBetween(0.0, 1.0);
    }

    @Test
    void serverRefusesToRegisterItself() throws Exception {
        HttpResponse<String> refused =
                post(SERVERS, body("self", server.uri("/mcp").toString()));
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        assertThat(refused.body()).contains("leads to this server itself");
    }

    @Test
    void nameThatIsNotThereIsReported() throws Exception {
        JsonObject page = get("/api/v1/discovery/tools?tools=sdk__add,sdk__gone");
        assertThat(page.getJsonArray("items")).hasSize(1);
        assertThat(page.getJsonArray("items").getJsonObject(0).getString("health"))
                .isEqualTo("healthy");
        assertThat(page.getJsonArray("unknown").getString(0)).isEqualTo("sdk__gone");
    }
}
