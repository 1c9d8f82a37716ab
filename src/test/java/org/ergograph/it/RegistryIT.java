package org.ergograph.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryIT extends DeployedWar {
    private static final String SERVERS = "/api/v1/servers";
    private static final String PROBLEM = "application/problem+json";

    private final HttpServer upstream;
    private final AtomicInteger probes = new AtomicInteger();
    private final List<String> made = new ArrayList<>();

    RegistryIT() throws IOException {
        upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        upstream.createContext("/", exchange -> {
            // The gateway, which finds no MCP here, asks with POST.
            if (exchange.getRequestMethod().equals("GET")) {
                probes.incrementAndGet();
            }
            exchange.sendResponseHeaders(405, -1);
            exchange.close();
        });
    }

    @BeforeEach
    void start() throws Exception {
        upstream.start();
        // The schema is made in the background once the application has started.
        long give = System.nanoTime() + 60_000_000_000L;
        while (server.get(SERVERS + "?limit=1").statusCode() == 503 && System.nanoTime() < give) {
            Thread.onSpinWait();
        }
    }

    @AfterEach
    void stop() throws Exception {
        upstream.stop(0);
        for (String id : made) {
            int status = server.send(server.request(SERVERS + "/" + id)
                            .header("If-Match", "*")
                            .DELETE())
                    .statusCode();
            assertThat(status).isIn(204, 404);
        }
    }

    private String url() {
        return "http://localhost:" + upstream.getAddress().getPort() + "/mcp";
    }

    private static String body(String name, String url, String more) {
        return "{\"name\":\"%s\",\"url\":\"%s\"%s}".formatted(name, url, more);
    }

    private HttpResponse<String> post(String json) throws Exception {
        HttpResponse<String> response = server.send(server.request(SERVERS)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
        if (response.statusCode() == 201) {
            made.add(json(response).getString("id"));
        }
        return response;
    }

    private HttpResponse<String> put(String id, @Nullable String ifMatch, String json) throws Exception {
        var request = server.request(SERVERS + "/" + id)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(json));
        return server.send(ifMatch == null ? request : request.header("If-Match", ifMatch));
    }

    private HttpResponse<String> delete(String id, @Nullable String ifMatch) throws Exception {
        var request = server.request(SERVERS + "/" + id).DELETE();
        return server.send(ifMatch == null ? request : request.header("If-Match", ifMatch));
    }

    private static JsonObject json(HttpResponse<String> response) {
        return Json.createReader(new StringReader(response.body())).readObject();
    }

    /** What the version covers: not how the server does. */
    private static JsonObject registered(JsonObject server) {
        return Json.createObjectBuilder(server)
                .remove("status")
                .remove("statusReason")
                .remove("checkedAt")
                .remove("health")
                .build();
    }

    private static void assertProblem(HttpResponse<String> response, int status, String field) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith(PROBLEM);
        JsonObject problem = json(response);
        assertThat(problem.getInt("status")).isEqualTo(status);
        if (!field.isEmpty()) {
            assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("field"))
                    .isEqualTo(field);
            assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("allowed"))
                    .isNotBlank();
        }
        assertThat(response.body()).doesNotContain("Exception").doesNotContain("org.ergograph.");
    }

    @Test
    void serverIsRegisteredReadChangedAndDeleted() throws Exception {
        HttpResponse<String> created = post(body("crud", url(), ",\"tags\":[\"b\",\"a\"],\"timeout\":\"PT2S\""));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        JsonObject first = json(created);
        assertThat(first.getString("status")).isEqualTo("active");
        assertThat(first.getJsonArray("tags").getValuesAs(JsonString::getString))
                .containsExactly("a", "b");
        assertThat(probes).hasValue(1);
        String id = first.getString("id");
        assertThat(created.headers().firstValue("Location").orElse("")).endsWith(SERVERS + "/" + id);
        String tag = created.headers().firstValue("ETag").orElse("");

        HttpResponse<String> read = server.get(SERVERS + "/" + id);
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(registered(json(read))).isEqualTo(registered(first));
        assertThat(json(read).getJsonObject("health").keySet())
                .containsExactlyInAnyOrder("state", "reason", "since", "lastCheck", "node", "availability", "history");
        assertThat(read.headers().firstValue("ETag")).contains(tag);

        HttpResponse<String> changed = put(id, tag, body("crud-2", url(), ",\"tags\":[\"b\",\"c\"]"));
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(json(changed).getString("name")).isEqualTo("crud-2");
        assertThat(json(changed).getString("timeout")).isEqualTo("PT30S");
        assertThat(json(changed).getJsonArray("tags").getValuesAs(JsonString::getString))
                .containsExactly("b", "c");
        assertThat(probes).as("the URL is the same").hasValue(1);
        String newTag = changed.headers().firstValue("ETag").orElse("");
        assertThat(newTag).isNotEqualTo(tag);
        assertThat(registered(json(server.get(SERVERS + "/" + id)))).isEqualTo(registered(json(changed)));

        assertProblem(put(id, tag, body("crud-3", url(), "")), 412, "");
        assertProblem(put(id, null, body("crud-3", url(), "")), 428, "");
        assertProblem(put(id, "crud", body("crud-3", url(), "")), 400, "If-Match");
        assertProblem(delete(id, tag), 412, "");
        assertProblem(delete(id, null), 428, "");

        assertThat(delete(id, newTag).statusCode()).isEqualTo(204);
        assertProblem(server.get(SERVERS + "/" + id), 404, "");
        assertProblem(delete(id, "*"), 404, "");
        assertProblem(put(id, "*", body("crud-3", url(), "")), 404, "");
    }

    @Test
    void urlThatChangesIsProbedAgain() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        HttpResponse<String> created = post(body("probed", "http://127.0.0.1:" + closed + "/mcp", ""));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        JsonObject first = json(created);
        assertThat(first.getString("status")).isEqualTo("unreachable");
        assertThat(first.getString("statusReason")).contains("refused the connection");

        JsonObject second = json(put(first.getString("id"), "*", body("probed", url(), "")));
        assertThat(second.getString("status")).isEqualTo("active");
        assertThat(second.get("statusReason")).isEqualTo(JsonValue.NULL);
        assertThat(second.getString("checkedAt")).isGreaterThan(first.getString("checkedAt"));
    }

    @Test
    void silentServerIsRegisteredAsUnreachableWithinItsTimeout() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            long start = System.nanoTime();
            HttpResponse<String> created =
                    post(body("silent", "http://127.0.0.1:" + silent.getLocalPort() + "/", ",\"timeout\":\"PT0.5S\""));
            assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
            assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
            assertThat(json(created).getString("statusReason")).isEqualTo("it did not answer in time");
        }
    }

    @Test
    void registeringIsARunOfMeasuredStepsAndAWrongIdIsNoErrorOfTheDatabase() throws Exception {
        post(body("measured", url(), ""));
        assertProblem(post(body("measured", url(), "")), 409, "name");
        assertProblem(delete("00000000-0000-7000-8000-000000000000", "*"), 404, "");
        long give = System.nanoTime() + 30_000_000_000L;
        String page;
        do {
            page = server.get("/metrics").body();
        } while (!(page.contains("step=\"store\"") && page.contains("operation=\"delete\""))
                && System.nanoTime() < give);
        List<String> lines = page.lines().toList();
        for (String step : List.of("validate", "probe", "store")) {
            assertThat(lines)
                    .anyMatch(line -> line.startsWith("mcp_workflow_steps_total{")
                            && line.contains("workflow=\"register_server\"")
                            && line.contains("step=\"" + step + "\"")
                            && line.contains("status=\"success\""));
        }
        assertThat(lines)
                .anyMatch(line -> line.startsWith("mcp_db_operations_total{")
                        && line.contains("operation=\"insert\"")
                        && line.contains("table=\"upstream_server\"")
                        && line.contains("status=\"success\""))
                .noneMatch(line -> line.startsWith("mcp_db_operations_total{")
                        && line.contains("operation=\"delete\"")
                        && line.contains("table=\"upstream_server\"")
                        && line.contains("status=\"error\"")
                        && !line.endsWith(" 0")
                        && !line.endsWith(" 0.0"));
    }

    @Test
    void nameIsTakenOnce() throws Exception {
        String id = json(post(body("taken", url(), ""))).getString("id");
        assertProblem(post(body("taken", url(), "")), 409, "name");
        String other = json(post(body("other", url(), ""))).getString("id");
        assertProblem(put(other, "*", body("taken", url(), "")), 409, "name");
        assertThat(json(server.get(SERVERS + "/" + id)).getString("name")).isEqualTo("taken");
    }

    @Test
    void ofManyClientsThatRegisterOneNameOneSucceeds() throws Exception {
        List<CompletableFuture<Integer>> answers = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    try {
                        // Eight at once over one connection of HTTP/2 is another test.
                        return server.send(server.request(SERVERS)
                                        .version(HttpClient.Version.HTTP_1_1)
                                        .header("Content-Type", "application/json")
                                        .POST(BodyPublishers.ofString(body("contended", url(), ""))))
                                .statusCode();
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .toList();
        assertThat(answers.stream().map(CompletableFuture::join))
                .containsOnly(201, 409)
                .containsOnlyOnce(201);
        JsonObject page = json(server.get(SERVERS + "?name=contended"));
        made.add(page.getJsonArray("items").getJsonObject(0).getString("id"));
    }

    @Test
    void sixtyServersComePageByPageEachOnceAndByTag() throws Exception {
        for (int i = 0; i < 60; i++) {
            HttpResponse<String> created =
                    post(body("page-" + i, url(), ",\"tags\":[\"paged\"" + (i % 3 == 0 ? ",\"third\"" : "") + "]"));
            assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        }
        Set<String> seen = new LinkedHashSet<>();
        String cursor = "";
        int pages = 0;
        do {
            JsonObject page = json(server.get(SERVERS + "?tag=paged&limit=25" + cursor));
            for (JsonObject item : page.getJsonArray("items").getValuesAs(JsonObject.class)) {
                assertThat(seen.add(item.getString("id"))).isTrue();
                assertThat(item.getJsonArray("tags").getValuesAs(JsonString::getString))
                        .contains("paged");
            }
            pages++;
            cursor = page.isNull("nextCursor") ? "" : "&cursor=" + page.getString("nextCursor");
        } while (!cursor.isEmpty());
        assertThat(seen).containsExactlyElementsOf(made);
        assertThat(pages).isEqualTo(3);
        // Each is active until the gateway finds no MCP there.
        Await.until(
                "every server is found to be none of MCP",
                () -> json(server.get(SERVERS + "?tag=third&status=unreachable&transport=streamable-http&limit=20"))
                        .getJsonArray("items"),
                items -> items.size() == 20);
        assertThat(json(server.get(SERVERS + "?tag=third&status=active")).getJsonArray("items"))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "page size 0,limit=0,limit",
        "page size of a million,limit=1000000,limit",
        "page size in words,limit=all,limit",
        "a page size given twice,limit=1&limit=2,limit",
        "an unknown status,status=up,status",
        "an unknown parameter,colour=red,colour",
        "a forged cursor,cursor=AAAA,cursor",
    })
    void badParameterIsNamed(String fact, String query, String field) throws Exception {
        assertProblem(server.get(SERVERS + "?" + query), 400, field);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "an unknown field|{'name':'bad','url':'http://localhost/','surprise':1}|400|surprise",
                "a wrong type|{'name':7,'url':'http://localhost/'}|400|name",
                "a bad url|{'name':'bad','url':'nonsense'}|400|url",
                "a scheme that is not http|{'name':'bad','url':'file:///etc/passwd'}|400|url",
                "a private address|{'name':'bad','url':'http://10.0.0.1/mcp'}|422|url",
                "the cloud's metadata|{'name':'bad','url':'http://169.254.169.254/latest'}|422|url",
                "the same in disguise|{'name':'bad','url':'http://[::ffff:169.254.169.254]/'}|422|url",
                "a process|{'name':'bad','url':'http://localhost/','transport':'stdio'}|422|transport",
                "an empty body||400|",
                "a list|[]|400|",
                "half an object|{'name':|400|",
            })
    void badBodyIsNamed(String fact, @Nullable String json, int status, String field) throws Exception {
        assertProblem(post(json == null ? "" : json.replace('\'', '"')), status, field == null ? "" : field);
    }

    @Test
    void badUtf8OversizeAndOtherTypesAreRefused() throws Exception {
        byte[] bad = "{\"name\":\"?\"}".getBytes(StandardCharsets.US_ASCII);
        bad[9] = (byte) 0xff;
        assertProblem(
                server.send(server.request(SERVERS)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(bad))),
                400,
                "");
        assertProblem(post(body("big", url(), " ".repeat(65 * 1024))), 413, "");
        assertProblem(
                server.send(server.request(SERVERS)
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString("{}"))),
                415,
                "");
        assertProblem(server.send(server.request(SERVERS).DELETE()), 405, "");
        assertProblem(
                server.send(
                        server.request(SERVERS).header("Accept", "image/png").GET()),
                406,
                "");
        assertProblem(server.get("/api/v1/nothing-here"), 404, "");
        assertProblem(server.get(SERVERS + "/" + "x".repeat(1000)), 404, "");
        assertProblem(server.get(SERVERS + "/00000000-0000-7000-8000-000000000000"), 404, "");
        assertProblem(server.get(SERVERS + "?name=a%07b"), 400, "name");
    }
}
