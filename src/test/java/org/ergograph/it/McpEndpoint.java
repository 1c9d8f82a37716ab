package org.ergograph.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A test of {@code /mcp} that looks at what the server holds meanwhile. */
abstract class McpEndpoint extends DeployedWar {
    static final long MEGABYTE = 1 << 20;

    /** What the pools and buffers of the server may keep for the next ones. */
    private static final int MORE_THREADS = 20;

    private static final int MORE_MEGABYTES = 50;

    /** What the server's JVM holds at one moment. */
    record Held(double heapMegabytes, int threads, Map<String, Integer> pools, int waiting, int cancelled) {
        /** By how many threads which pools are larger now. */
        Map<String, Integer> more(Held before) {
            Map<String, Integer> more = new TreeMap<>();
            pools.forEach((pool, count) -> {
                int difference = count - before.pools.getOrDefault(pool, 0);
                if (difference > 0) {
                    more.put(pool, difference);
                }
            });
            return more;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "heap %.1f MB, threads %d", heapMegabytes, threads);
        }
    }

    final Held held() throws Exception {
        HttpResponse<String> answer = server.get("/api/v1/fixture/jvm");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonObject state = org.ergograph.it.Json.object(answer.body());
        Map<String, Integer> pools = new TreeMap<>();
        JsonObject byPool = state.getJsonObject("pools");
        byPool.keySet().forEach(pool -> pools.put(pool, byPool.getInt(pool)));
        return new Held(
                state.getJsonNumber("heapBytes").doubleValue() / MEGABYTE,
                state.getInt("threads"),
                pools,
                state.getInt("waiting"),
                state.getInt("cancelled"));
    }

    final McpCaller caller(String revision) {
        return McpCaller.of(server, revision);
    }

    /** The server answers as if nothing had been. */
    final void assertWell() {
        for (String revision : List.of(McpCaller.MODERN, McpCaller.LEGACY)) {
            JsonObject answer = caller(revision)
                    .call(
                            "fixture_wait",
                            Json.createObjectBuilder().add("seconds", 0).build())
                    .join();
            assertThat(McpCaller.text(answer)).isEqualTo("at once");
        }
    }

    /** Lets the server see so many clients at once: what its own pools grow to for them is not what others hold later. */
    final void crowd(int size) throws Exception {
        McpCaller caller = caller(McpCaller.MODERN);
        byte[] body = call(caller, "fixture_wait", "seconds", 0);
        List<RawConnection> clients = new ArrayList<>();
        try {
            for (int i = 0; i < size; i++) {
                clients.add(sent(caller, "tools/call", "fixture_wait", body, 0));
            }
            for (RawConnection client : clients) {
                assertThat(client.status()).isEqualTo(200);
            }
        } finally {
            close(clients);
        }
    }

    static byte[] call(McpCaller caller, String tool, String argument, int value) {
        JsonObject params = Json.createObjectBuilder()
                .add("name", tool)
                .add("arguments", Json.createObjectBuilder().add(argument, value))
                .build();
        return caller.message("tools/call", params).getBytes(StandardCharsets.UTF_8);
    }

    /** A connection on which a request was sent, and nothing is read. */
    final RawConnection sent(McpCaller caller, String method, String name, byte[] body, int receiveBuffer)
            throws IOException {
        RawConnection connection = new RawConnection(server.base(), receiveBuffer);
        connection.head(
                caller.request(method, name).POST(BodyPublishers.noBody()).build(), body.length);
        connection.send(body);
        return connection;
    }

    static void close(List<RawConnection> connections) throws IOException {
        for (RawConnection connection : connections) {
            connection.close();
        }
    }

    /** The server holds as much as before, once it has noticed that its clients are gone. */
    final void assertBack(Held before) throws Exception {
        Held after = Await.until(
                "the threads are back", this::held, held -> held.threads() < before.threads() + MORE_THREADS);
        System.out.printf("%s: after %s; more threads: %s%n", server.name(), after, after.more(before));
        assertThat(after.heapMegabytes()).isLessThan(before.heapMegabytes() + MORE_MEGABYTES);
        assertWell();
    }
}
