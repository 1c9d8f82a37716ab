package org.ergograph.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboundClientTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;
    private OutboundClient client;

    OutboundClientTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        client = client(4, InetAddress::getAllByName, "loopback");
    }

    @BeforeEach
    void start() {
        server.setExecutor(executor);
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        client.close();
        server.stop(0);
        scheduler.shutdownNow();
        executor.shutdownNow();
    }

    private OutboundClient client(int concurrent, CheckedResolver.Lookup lookup, String... allow) {
        OutboundPolicy policy = OutboundPolicy.of(List.of(allow));
        return new OutboundClient(
                new OutboundSettings(policy, Duration.ofSeconds(5), concurrent), lookup, executor, scheduler);
    }

    private interface Handler {
        void handle(HttpExchange exchange) throws Exception;
    }

    private void serve(String path, Handler handler) {
        server.createContext(path, exchange -> {
            requests.incrementAndGet();
            try (exchange) {
                handler.handle(exchange);
            } catch (IOException e) {
                // the client went away, which is what some of these tests want
                assertThat(exchange.getRequestMethod()).isEqualTo("GET");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private String url(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    private OutboundResult get(String url, Duration deadline, int maxBytes) throws Exception {
        return get(client, url, deadline, maxBytes);
    }

    private static OutboundResult get(OutboundClient client, String url, Duration deadline, int maxBytes)
            throws Exception {
        return client.send(new OutboundRequest(url, Map.of("Accept", "text/plain"), deadline, maxBytes))
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static OutboundResult.Cause cause(OutboundResult result) {
        assertThat(result).isInstanceOf(OutboundResult.Failed.class);
        return ((OutboundResult.Failed) result).cause();
    }

    @Test
    void answerIsReachedWhateverItsStatus() throws Exception {
        serve("/a", exchange -> {
            exchange.getResponseHeaders()
                    .add("X-Accept", exchange.getRequestHeaders().getFirst("Accept"));
            answer(exchange, 405, "caf\u00e9");
        });
        assertThat(get(url("/a"), LONG, 100)).isInstanceOfSatisfying(OutboundResult.Reached.class, reached -> {
            assertThat(reached.status()).isEqualTo(405);
            assertThat(reached.body()).isEqualTo("caf\u00e9");
            assertThat(reached.whole()).isTrue();
            assertThat(reached.headers()).containsEntry("x-accept", "text/plain");
            assertThat(reached.duration()).isPositive();
        });
    }

    @Test
    void redirectIsNotFollowed() throws Exception {
        serve("/a", exchange -> {
            exchange.getResponseHeaders().add("Location", url("/b"));
            answer(exchange, 302, "");
        });
        serve("/b", exchange -> answer(exchange, 200, "secret"));
        assertThat(get(url("/a"), LONG, 100))
                .isInstanceOfSatisfying(
                        OutboundResult.Reached.class,
                        reached -> assertThat(reached.status()).isEqualTo(302));
        assertThat(requests).hasValue(1);
    }

    @Test
    void cookiesAreNotKept() throws Exception {
        serve("/a", exchange -> {
            exchange.getResponseHeaders().add("Set-Cookie", "a=b");
            answer(exchange, 200, "" + exchange.getRequestHeaders().containsKey("Cookie"));
        });
        for (int i = 0; i < 2; i++) {
            assertThat(get(url("/a"), LONG, 100))
                    .isInstanceOfSatisfying(
                            OutboundResult.Reached.class,
                            reached -> assertThat(reached.body()).isEqualTo("false"));
        }
    }

    @Test
    void endlessBodyIsReadAsFarAsWantedOnly() throws Exception {
        serve("/a", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] bytes = "x".repeat(10_000).getBytes(StandardCharsets.UTF_8);
            OutputStream out = exchange.getResponseBody();
            while (true) {
                out.write(bytes);
            }
        });
        assertThat(get(url("/a"), LONG, 1000)).isInstanceOfSatisfying(OutboundResult.Reached.class, reached -> {
            assertThat(reached.body()).hasSize(1000);
            assertThat(reached.whole()).isFalse();
        });
    }

    @Test
    void bodyAtTheLimitIsWhole() throws Exception {
        serve("/a", exchange -> answer(exchange, 200, "x".repeat(1000)));
        assertThat(get(url("/a"), LONG, 1000))
                .isInstanceOfSatisfying(
                        OutboundResult.Reached.class,
                        reached -> assertThat(reached.whole()).isTrue());
    }

    @Test
    void streamThatNeverEndsIsReachedWithoutItsBody() throws Exception {
        serve("/a", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(":\n".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            end.await();
        });
        assertThat(get(url("/a"), LONG, 0))
                .isInstanceOfSatisfying(
                        OutboundResult.Reached.class,
                        reached -> assertThat(reached.body()).isEmpty());
    }

    @Test
    void slowBodyEndsAtTheDeadlineThoughEachByteIsQuick() throws Exception {
        serve("/a", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (!end.await(20, TimeUnit.MILLISECONDS)) {
                exchange.getResponseBody().write('x');
                exchange.getResponseBody().flush();
            }
        });
        assertThat(cause(get(url("/a"), SHORT, 1_000_000))).isEqualTo(OutboundResult.Cause.TIMEOUT);
    }

    @Test
    void silentServerEndsAtTheDeadlineAndItsPlaceIsFreeAgain() throws Exception {
        client.close();
        client = client(1, InetAddress::getAllByName, "loopback");
        serve("/a", exchange -> end.await());
        serve("/b", exchange -> answer(exchange, 200, ""));
        assertThat(cause(get(url("/a"), SHORT, 10))).isEqualTo(OutboundResult.Cause.TIMEOUT);
        long give = System.nanoTime() + LONG.toNanos();
        OutboundResult next;
        do {
            next = get(url("/b"), LONG, 10);
        } while (!(next instanceof OutboundResult.Reached) && System.nanoTime() < give);
        assertThat(next).isInstanceOf(OutboundResult.Reached.class);
    }

    @Test
    void moreThanFitAreRefusedAtOnce() throws Exception {
        client.close();
        client = client(1, InetAddress::getAllByName, "loopback");
        CountDownLatch begun = new CountDownLatch(1);
        serve("/a", exchange -> {
            begun.countDown();
            end.await();
        });
        var first = client.send(new OutboundRequest(url("/a"), Map.of(), LONG, 10));
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(cause(get(url("/a"), LONG, 10))).isEqualTo(OutboundResult.Cause.BUSY);
        assertThat(first.toCompletableFuture()).isNotDone();
    }

    @Test
    void closedPortIsAFailureToConnect() throws Exception {
        int port = server.getAddress().getPort();
        server.stop(0);
        assertThat(cause(get("http://localhost:" + port + "/", LONG, 10))).isEqualTo(OutboundResult.Cause.CONNECT);
    }

    @Test
    void tlsToAPlainServerIsAFailureOfTls() throws Exception {
        assertThat(cause(toRawServer("https", "HTTP/1.1 400 Bad Request\r\n\r\n")))
                .isEqualTo(OutboundResult.Cause.TLS);
    }

    @Test
    void whatIsNoHttpIsAFailureOfProtocol() throws Exception {
        assertThat(cause(toRawServer("http", "SSH-2.0-OpenSSH_9.2\r\n\r\n".repeat(3))))
                .isEqualTo(OutboundResult.Cause.PROTOCOL);
        assertThat(cause(toRawServer("http", "HTTP/1.1 200 OK\r\nX: " + "x".repeat(1_000_000))))
                .isEqualTo(OutboundResult.Cause.PROTOCOL);
        assertThat(cause(toRawServer("http", "HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(10_000) + "\r\n")))
                .isEqualTo(OutboundResult.Cause.PROTOCOL);
        assertThat(cause(toRawServer("http", ""))).isEqualTo(OutboundResult.Cause.PROTOCOL);
    }

    private OutboundResult toRawServer(String scheme, String answer) throws Exception {
        try (ServerSocket raw = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var served = executor.submit(() -> {
                try (Socket socket = raw.accept()) {
                    byte[] some = new byte[4096];
                    assertThat(socket.getInputStream().read(some)).isPositive();
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                    socket.shutdownOutput();
                    return socket.getInputStream().read(some); // waits for the client to close
                } catch (IOException e) {
                    return -1; // the client closed before it had read all
                }
            });
            OutboundResult result = get(scheme + "://localhost:" + raw.getLocalPort() + "/", LONG, 10);
            assertThat(served.get(20, TimeUnit.SECONDS)).isNotNull();
            return result;
        }
    }

    @Test
    void unknownNameIsAFailureOfDns() throws Exception {
        OutboundClient lost = client(
                1,
                host -> {
                    throw new UnknownHostException(host);
                },
                "loopback");
        assertThat(cause(get(lost, "http://nowhere.example/", LONG, 10))).isEqualTo(OutboundResult.Cause.DNS);
        lost.close();
    }

    @Test
    void lookupThatHangsEndsAtTheDeadline() throws Exception {
        OutboundClient stuck = client(
                1,
                host -> {
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    throw new UnknownHostException(host);
                },
                "loopback");
        assertThat(cause(get(stuck, "http://nowhere.example/", SHORT, 10))).isEqualTo(OutboundResult.Cause.TIMEOUT);
        assertThat(cause(get(stuck, "http://nowhere.example/", SHORT, 10)))
                .as("what hangs keeps its place")
                .isEqualTo(OutboundResult.Cause.BUSY);
        stuck.close();
    }

    @Test
    void forbiddenAddressIsRefusedUnsentWhetherWrittenOrLookedUp() throws Exception {
        serve("/a", exchange -> answer(exchange, 200, "secret"));
        OutboundClient closed = client(2, InetAddress::getAllByName);
        for (String host : List.of("localhost", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]")) {
            assertThat(get(closed, url("/a").replace("localhost", host), LONG, 10))
                    .as(host)
                    .isInstanceOfSatisfying(
                            OutboundResult.Refused.class,
                            refused -> assertThat(refused.refusal().reason()).isEqualTo("leads to a loopback address"));
        }
        closed.close();
        assertThat(requests).hasValue(0);
    }

    @Test
    void nameThatChangesItsAddressBetweenTwoLookupsGainsNothing() throws Exception {
        serve("/a", exchange -> {
            exchange.getResponseHeaders().add("Connection", "close");
            answer(exchange, 200, "fine");
        });
        AtomicInteger lookups = new AtomicInteger();
        InetAddress here = InetAddress.getLoopbackAddress();
        InetAddress metadata = InetAddress.getByName("169.254.169.254");
        OutboundClient rebound = client(
                2, host -> new InetAddress[] {lookups.getAndIncrement() % 2 == 0 ? here : metadata}, "127.0.0.1");
        String url = url("/a").replace("localhost", "rebind.example");
        assertThat(get(rebound, url, LONG, 10)).isInstanceOf(OutboundResult.Reached.class);
        assertThat(lookups)
                .as("the addresses that were judged are those that are used")
                .hasValue(1);
        assertThat(get(rebound, url, LONG, 10)).isInstanceOf(OutboundResult.Refused.class);
        rebound.close();
    }

    @Test
    void oneForbiddenAddressAmongManyIsEnough() throws Exception {
        InetAddress[] both = {InetAddress.getLoopbackAddress(), InetAddress.getByName("10.0.0.1")};
        OutboundClient mixed = client(2, host -> both, "loopback");
        assertThat(get(mixed, "http://both.example/", LONG, 10)).isInstanceOf(OutboundResult.Refused.class);
        mixed.close();
    }
}
