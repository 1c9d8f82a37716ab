package org.ergograph.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class OutboundExchangesTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final Set<Integer> ports = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private final HttpServer server;
    private OutboundExchanges client;

    OutboundExchangesTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 300);
        client = client(300, 300, InetAddress::getAllByName, "loopback");
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

    private OutboundExchanges client(int concurrent, int perHost, CheckedResolver.Lookup lookup, String... allow) {
        return new OutboundExchanges(
                new OutboundSettings(OutboundPolicy.of(List.of(allow)), Duration.ofSeconds(5), 1),
                new ExchangeSettings(concurrent, perHost),
                lookup,
                executor,
                scheduler);
    }

    private interface Handler {
        void handle(HttpExchange exchange) throws Exception;
    }

    private void serve(String path, Handler handler) {
        server.createContext(path, exchange -> {
            requests.incrementAndGet();
            ports.add(exchange.getRemoteAddress().getPort());
            try (exchange) {
                handler.handle(exchange);
            } catch (IOException e) {
                assertThat(exchange.getRequestMethod()).isNotEmpty(); // the client went away, as some tests want
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private String url(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    /** Takes up to so many bytes. */
    private static final class Collected implements Receiver {
        private final int most;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private final CountDownLatch begun = new CountDownLatch(1);
        private volatile int status;
        private volatile Map<String, String> headers = Map.of();

        Collected(int most) {
            this.most = most;
        }

        @Override
        public void head(int status, Map<String, String> headers) {
            this.status = status;
            this.headers = headers;
        }

        @Override
        public boolean body(ByteBuffer bytes) {
            byte[] part = new byte[bytes.remaining()];
            bytes.get(part);
            body.writeBytes(part);
            begun.countDown();
            return body.size() <= most;
        }

        String text() {
            return body.toString(StandardCharsets.UTF_8);
        }
    }

    private static ExchangeRequest get(String url, Duration deadline) {
        return new ExchangeRequest("GET", url, Map.of("Accept", "text/plain"), null, deadline);
    }

    private static ExchangeRequest post(String url, String body) {
        return new ExchangeRequest(
                "POST",
                url,
                Map.of("Content-Type", "application/json"),
                ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)),
                LONG);
    }

    private static ExchangeResult await(Exchange exchange) throws Exception {
        return exchange.result().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static OutboundResult.Cause cause(ExchangeResult result) {
        assertThat(result).isInstanceOf(ExchangeResult.Failed.class);
        return ((ExchangeResult.Failed) result).cause();
    }

    @Test
    void postBringsItsBodyAndItsAnswerBack() throws Exception {
        serve("/a", exchange -> {
            String type = exchange.getRequestHeaders().getFirst("Content-Type");
            exchange.getResponseHeaders().add("X-Type", type);
            answer(exchange, 404, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        });
        Collected answer = new Collected(1000);
        assertThat(await(client.send(post(url("/a"), "caf\u00e9"), answer)))
                .isEqualTo(new ExchangeResult.Answered(404, true));
        assertThat(answer.status).isEqualTo(404);
        assertThat(answer.text()).isEqualTo("caf\u00e9");
        assertThat(answer.headers).containsEntry("x-type", "application/json");
    }

    @Test
    void answerWithoutABodyEnds() throws Exception {
        serve("/a", exchange -> answer(exchange, 202, ""));
        assertThat(await(client.send(post(url("/a"), "{}"), new Collected(0))))
                .isEqualTo(new ExchangeResult.Answered(202, true));
    }

    @Test
    void redirectIsNotFollowed() throws Exception {
        serve("/a", exchange -> {
            exchange.getResponseHeaders().add("Location", url("/b"));
            answer(exchange, 307, "");
        });
        serve("/b", exchange -> answer(exchange, 200, "secret"));
        assertThat(await(client.send(get(url("/a"), LONG), new Collected(100))))
                .isEqualTo(new ExchangeResult.Answered(307, true));
        assertThat(requests).hasValue(1);
    }

    @Test
    void cookiesAreNotKeptAndCompressionIsNotAsked() throws Exception {
        serve("/a", exchange -> {
            exchange.getResponseHeaders().add("Set-Cookie", "a=b");
            answer(exchange, 200, exchange.getRequestHeaders().keySet() + "");
        });
        for (int i = 0; i < 2; i++) {
            Collected answer = new Collected(1000);
            await(client.send(get(url("/a"), LONG), answer));
            assertThat(answer.text())
                    .contains("Accept")
                    .doesNotContain("Cookie")
                    .doesNotContain("Accept-encoding");
        }
    }

    @Test
    void endlessBodyIsCutWhenTheReceiverHasEnough() throws Exception {
        CountDownLatch broken = new CountDownLatch(1);
        serve("/a", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] bytes = "x".repeat(10_000).getBytes(StandardCharsets.UTF_8);
            OutputStream out = exchange.getResponseBody();
            try {
                while (true) {
                    out.write(bytes);
                }
            } finally {
                broken.countDown();
            }
        });
        assertThat(await(client.send(get(url("/a"), LONG), new Collected(1000))))
                .isEqualTo(new ExchangeResult.Answered(200, false));
        assertThat(broken.await(20, TimeUnit.SECONDS))
                .as("connection is closed")
                .isTrue();
    }

    @Test
    void streamComesAsItIsSentAndEndsWhenCancelled() throws Exception {
        CountDownLatch broken = new CountDownLatch(1);
        serve("/a", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                while (!end.await(10, TimeUnit.MILLISECONDS)) {
                    exchange.getResponseBody().write(":\n".getBytes(StandardCharsets.UTF_8));
                    exchange.getResponseBody().flush();
                }
            } finally {
                broken.countDown();
            }
        });
        Collected answer = new Collected(1_000_000);
        Exchange exchange = client.send(get(url("/a"), LONG), answer);
        assertThat(answer.begun.await(20, TimeUnit.SECONDS)).isTrue();
        exchange.cancel();
        assertThat(cause(await(exchange))).isEqualTo(OutboundResult.Cause.CANCELLED);
        assertThat(broken.await(20, TimeUnit.SECONDS))
                .as("connection is closed")
                .isTrue();
    }

    // Again and again: a connection that is made at once is told from one that is being made only by a race.
    @RepeatedTest(10)
    void silentServerEndsAtTheDeadlineAndItsPlaceIsFreeAgain() throws Exception {
        client.close();
        client = client(1, 1, InetAddress::getAllByName, "loopback");
        serve("/a", exchange -> end.await());
        serve("/b", exchange -> answer(exchange, 200, ""));
        assertThat(cause(await(client.send(get(url("/a"), SHORT), new Collected(10)))))
                .isEqualTo(OutboundResult.Cause.TIMEOUT);
        assertThat(await(client.send(get(url("/b"), LONG), new Collected(10))))
                .isEqualTo(new ExchangeResult.Answered(200, true));
    }

    @Test
    void bodyThatTricklesEndsAtTheDeadline() throws Exception {
        serve("/a", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (!end.await(20, TimeUnit.MILLISECONDS)) {
                exchange.getResponseBody().write('x');
                exchange.getResponseBody().flush();
            }
        });
        assertThat(cause(await(client.send(get(url("/a"), SHORT), new Collected(1_000_000)))))
                .isEqualTo(OutboundResult.Cause.TIMEOUT);
    }

    @Test
    void moreThanFitAreRefusedAtOnce() throws Exception {
        client.close();
        client = client(2, 1, InetAddress::getAllByName, "loopback");
        CountDownLatch begun = new CountDownLatch(2);
        serve("/a", exchange -> {
            begun.countDown();
            end.await();
        });
        Exchange first = client.send(get(url("/a"), LONG), new Collected(10));
        assertThat(cause(await(client.send(get(url("/a"), LONG), new Collected(10)))))
                .as("of the same host")
                .isEqualTo(OutboundResult.Cause.BUSY);
        String otherHost = url("/a").replace("localhost", "127.0.0.1");
        Exchange second = client.send(get(otherHost, LONG), new Collected(10));
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(cause(await(client.send(get("http://[::1]:1/", LONG), new Collected(10)))))
                .as("in all")
                .isEqualTo(OutboundResult.Cause.BUSY);
        first.cancel();
        second.cancel();
    }

    @Test
    void twoHundredSlowCallsTakeAsLongAsOneAndNoThreads() throws Exception {
        CountDownLatch all = new CountDownLatch(200);
        serve("/a", exchange -> {
            all.countDown();
            all.await();
            answer(exchange, 200, "done");
        });
        client.send(get("http://localhost:1/", LONG), new Collected(10))
                .result()
                .toCompletableFuture()
                .get();
        long before = ourThreads();
        List<Exchange> exchanges = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            exchanges.add(client.send(post(url("/a"), "{}"), new Collected(10)));
        }
        for (Exchange exchange : exchanges) {
            assertThat(await(exchange)).isEqualTo(new ExchangeResult.Answered(200, true));
        }
        assertThat(ourThreads()).isEqualTo(before).isLessThanOrEqualTo(3);
    }

    private static long ourThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("ergograph-outbound") && thread.isAlive())
                .count();
    }

    @Test
    void connectionIsKept() throws Exception {
        serve("/a", exchange -> answer(exchange, 200, "done"));
        for (int i = 0; i < 20; i++) {
            await(client.send(post(url("/a"), "{}"), new Collected(10)));
        }
        assertThat(ports).hasSize(1);
    }

    /** The server answers each request, then closes the connection without a word of it. */
    @Test
    void connectionClosedBetweenCallsIsNoFailure() throws Exception {
        byte[] answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);
        Semaphore closed = new Semaphore(0);
        ServerSocket raw = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var served = executor.submit(() -> {
            try {
                while (true) {
                    try (Socket socket = raw.accept()) {
                        byte[] some = new byte[4096];
                        requests.addAndGet(socket.getInputStream().read(some) > 0 ? 1 : 0);
                        socket.getOutputStream().write(answer);
                        socket.shutdownOutput();
                        assertThat(socket.getInputStream().read(some))
                                .as("client has seen the end")
                                .isEqualTo(-1);
                    }
                    closed.release();
                }
            } catch (SocketException e) {
                return requests.get();
            }
        });
        String url = "http://localhost:" + raw.getLocalPort() + "/";
        for (int i = 0; i < 50; i++) {
            ExchangeResult result = await(client.send(get(url, LONG), new Collected(10)));
            assertThat(result).isEqualTo(new ExchangeResult.Answered(200, true));
            assertThat(closed.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        }
        raw.close();
        assertThat(served.get(20, TimeUnit.SECONDS)).as("none was sent twice").isEqualTo(50);
    }

    @Test
    void closedPortIsAFailureToConnect() throws Exception {
        int port = server.getAddress().getPort();
        server.stop(0);
        assertThat(cause(await(client.send(get("http://localhost:" + port + "/", LONG), new Collected(1)))))
                .isEqualTo(OutboundResult.Cause.CONNECT);
    }

    @Test
    void whatIsNoHttpIsAFailure() throws Exception {
        assertThat(cause(toRawServer("https", "HTTP/1.1 400 Bad Request\r\n\r\n")))
                .isEqualTo(OutboundResult.Cause.TLS);
        assertThat(cause(toRawServer("http", "SSH-2.0-OpenSSH_9.2\r\n\r\n".repeat(3))))
                .isEqualTo(OutboundResult.Cause.PROTOCOL);
        assertThat(cause(toRawServer("http", "HTTP/1.1 200 OK\r\nX: " + "x".repeat(1_000_000))))
                .isEqualTo(OutboundResult.Cause.PROTOCOL);
        assertThat(cause(toRawServer("http", "HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(10_000) + "\r\n")))
                .isEqualTo(OutboundResult.Cause.PROTOCOL);
        assertThat(cause(toRawServer("http", ""))).isEqualTo(OutboundResult.Cause.BROKEN);
        assertThat(cause(toRawServer("http", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nfew")))
                .isEqualTo(OutboundResult.Cause.BROKEN);
    }

    private ExchangeResult toRawServer(String scheme, String answer) throws Exception {
        try (ServerSocket raw = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var served = executor.submit(() -> {
                try (Socket socket = raw.accept()) {
                    byte[] some = new byte[4096];
                    assertThat(socket.getInputStream().read(some)).isPositive();
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                    socket.shutdownOutput();
                    return socket.getInputStream().read(some);
                } catch (IOException e) {
                    return -1; // the client closed before it had read all
                }
            });
            ExchangeResult result = await(
                    client.send(get(scheme + "://localhost:" + raw.getLocalPort() + "/", LONG), new Collected(10_000)));
            assertThat(served.get(20, TimeUnit.SECONDS)).isNotNull();
            return result;
        }
    }

    @Test
    void unknownNameIsAFailureOfDns() throws Exception {
        OutboundExchanges lost = client(
                1,
                1,
                host -> {
                    throw new UnknownHostException(host);
                },
                "loopback");
        assertThat(cause(await(lost.send(get("http://nowhere.example/", LONG), new Collected(1)))))
                .isEqualTo(OutboundResult.Cause.DNS);
        lost.close();
    }

    @Test
    void lookupThatHangsEndsAtTheDeadlineAndHoldsUpNobodyElse() throws Exception {
        serve("/a", exchange -> answer(exchange, 200, "fine"));
        OutboundExchanges stuck = client(
                10,
                10,
                host -> {
                    if (!host.equals("localhost")) {
                        try {
                            end.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }
                    return InetAddress.getAllByName("localhost");
                },
                "loopback");
        Exchange slow = stuck.send(get("http://slow.example/", SHORT), new Collected(1));
        Exchange slower = stuck.send(get("http://slow.example/", SHORT), new Collected(1));
        assertThat(await(stuck.send(get(url("/a"), LONG), new Collected(10))))
                .isEqualTo(new ExchangeResult.Answered(200, true));
        assertThat(cause(await(slow))).isEqualTo(OutboundResult.Cause.TIMEOUT);
        assertThat(cause(await(slower))).isEqualTo(OutboundResult.Cause.TIMEOUT);
        stuck.close();
    }

    @Test
    void forbiddenAddressIsRefusedUnsentWhetherWrittenOrLookedUp() throws Exception {
        serve("/a", exchange -> answer(exchange, 200, "secret"));
        OutboundExchanges closed = client(2, 2, InetAddress::getAllByName);
        for (String host : List.of("localhost", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]")) {
            assertThat(await(closed.send(get(url("/a").replace("localhost", host), LONG), new Collected(10))))
                    .as(host)
                    .isInstanceOfSatisfying(
                            ExchangeResult.Refused.class,
                            refused -> assertThat(refused.refusal().reason()).isEqualTo("leads to a loopback address"));
        }
        closed.close();
        assertThat(requests).hasValue(0);
    }

    @Test
    void nameThatChangesItsAddressIsJudgedByTheAddressThatIsConnectedTo() throws Exception {
        serve("/a", exchange -> {
            exchange.getResponseHeaders().add("Connection", "close");
            answer(exchange, 200, "fine");
        });
        AtomicInteger lookups = new AtomicInteger();
        InetAddress here = InetAddress.getLoopbackAddress();
        InetAddress metadata = InetAddress.getByName("169.254.169.254");
        OutboundExchanges rebound = client(
                2, 2, host -> new InetAddress[] {lookups.getAndIncrement() % 2 == 0 ? metadata : here}, "127.0.0.1");
        String url = url("/a").replace("localhost", "rebind.example");
        for (int i = 0; i < 3; i++) {
            assertThat(await(rebound.send(get(url, LONG), new Collected(10))))
                    .isInstanceOf(ExchangeResult.Refused.class);
        }
        assertThat(lookups)
                .as("the answer that was judged is the one that is used")
                .hasValue(1);
        rebound.close();
        assertThat(requests).hasValue(0);
    }

    @Test
    void closingFailsWhatIsUnderWay() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        serve("/a", exchange -> {
            begun.countDown();
            end.await();
        });
        Exchange exchange = client.send(get(url("/a"), LONG), new Collected(10));
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        client.close();
        assertThat(cause(await(exchange))).isEqualTo(OutboundResult.Cause.BROKEN);
        client = client(1, 1, InetAddress::getAllByName, "loopback");
    }
}
