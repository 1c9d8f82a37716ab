package org.ergograph.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that stay silent, go away or do not read: bounded memory, and no thread held or lost. */
class McpLeakIT extends McpEndpoint {
    private static final int STREAMS = 1_000;
    private static final int VANISHING = 100;
    private static final int ROUNDS = 5;
    private static final int READERS = 50;

    @BeforeEach
    void manyBefore() throws Exception {
        crowd(STREAMS);
    }

    @ParameterizedTest
    @ValueSource(strings = {McpCaller.MODERN, McpCaller.LEGACY})
    void thousandIdleStreamsTakeNoThreads(String revision) throws Exception {
        assertWell();
        Held before = held();
        List<RawConnection> streams = new ArrayList<>();
        int open = 0;
        try {
            for (int i = 0; i < STREAMS; i++) {
                streams.add(listen(revision));
            }
            for (RawConnection stream : streams) {
                int status = stream.status();
                assertThat(status).isIn(200, 429, 503);
                open += status == 200 ? 1 : 0;
            }
            Held during = held();
            System.out.printf(
                    "%s, %s: %d streams open of %d; before %s, during %s%n",
                    server.name(), revision, open, STREAMS, before, during);
            assertThat(open).isPositive();
            assertThat(during.threads()).isLessThan(before.threads() + 50);
            assertThat(during.heapMegabytes()).isLessThan(before.heapMegabytes() + 100);
            int now = open;
            Await.until("the streams are counted", this::connections, count -> count >= now);
            assertWell();
        } finally {
            close(streams);
        }
        Await.until("the streams are gone", this::connections, count -> count == 0);
        assertBack(before);
    }

    private RawConnection listen(String revision) throws IOException {
        McpCaller caller = caller(revision);
        if (revision.equals(McpCaller.LEGACY)) {
            RawConnection stream = new RawConnection(server.base(), 0);
            stream.head(caller.request("", "").GET().build(), 0);
            return stream;
        }
        JsonObject params = Json.createObjectBuilder()
                .add("notifications", Json.createObjectBuilder().add("toolsListChanged", true))
                .build();
        byte[] body = caller.message("subscriptions/listen", params).getBytes(StandardCharsets.UTF_8);
        return sent(caller, "subscriptions/listen", "", body, 0);
    }

    private double connections() throws Exception {
        return Scrape.parse(server.get("/metrics").body()).sum("mcp_active_connections");
    }

    @ParameterizedTest
    @ValueSource(strings = {McpCaller.MODERN, McpCaller.LEGACY})
    void clientsThatVanishInTheMidstOfACallLeaveNothing(String revision) throws Exception {
        Held before = held();
        vanish(revision);
        Held after = held();
        // A server's own pools grow in the first rounds; what leaks grows in every one.
        for (int round = 2; round <= ROUNDS && after.threads() > before.threads() + 10; round++) {
            before = after;
            vanish(revision);
            after = held();
        }
        System.out.printf("%s, %s: after %s; more threads: %s%n", server.name(), revision, after, after.more(before));
        assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + 10);
        assertWell();
    }

    private void vanish(String revision) throws Exception {
        Held before = held();
        byte[] body = call(caller(revision), "fixture_wait", "seconds", 300);
        List<RawConnection> clients = new ArrayList<>();
        try {
            for (int i = 0; i < VANISHING; i++) {
                clients.add(sent(caller(revision), "tools/call", "fixture_wait", body, 0));
            }
            Held during = Await.until("all calls are open", this::held, held -> held.waiting() == VANISHING);
            System.out.printf(
                    "%s, %s: %d calls open; before %s, during %s%n",
                    server.name(), revision, VANISHING, before, during);
        } finally {
            close(clients);
        }
        long gone = System.nanoTime();
        Held after = Await.until("the calls are cancelled", this::held, held -> held.waiting() == 0);
        System.out.printf(
                Locale.ROOT,
                "%s, %s: cancelled %d within %.1f s%n",
                server.name(),
                revision,
                after.cancelled() - before.cancelled(),
                (System.nanoTime() - gone) / 1e9);
        assertThat(after.cancelled() - before.cancelled()).isEqualTo(VANISHING);
        Await.until("the streams are gone", this::connections, count -> count == 0);
    }

    @Test
    void slowReadersHoldUpNobody() throws Exception {
        assertWell();
        Held before = held();
        McpCaller caller = caller(McpCaller.LEGACY);
        byte[] body = call(caller, "fixture_bulk", "bytes", 2_000_000);
        List<RawConnection> readers = new ArrayList<>();
        try {
            for (int i = 0; i < READERS; i++) {
                readers.add(sent(caller, "tools/call", "fixture_bulk", body, 4_096));
            }
            for (RawConnection reader : readers) {
                assertThat(reader.status()).isEqualTo(200);
            }
            long start = System.nanoTime();
            for (int i = 0; i < 20; i++) {
                assertWell();
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            Held during = held();
            System.out.printf(
                    Locale.ROOT,
                    "%s: %d readers that do not read; 40 calls of others took %.2f s; before %s, during %s%n",
                    server.name(),
                    READERS,
                    seconds,
                    before,
                    during);
            assertThat(seconds).isLessThan(20);
            assertThat(readers.get(0).read(new byte[1024])).isPositive();
        } finally {
            close(readers);
        }
        assertBack(before);
    }
}
