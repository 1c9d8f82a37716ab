package org.ergograph.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A receiver of messages about alerts that remembers all of them. Thread-safe. */
final class Inbox implements AutoCloseable {
    /** How a receiver treats what it is sent. */
    enum Manner {
        /** Takes it, after a moment. */
        TAKES,
        /** Reads it and never answers. */
        HANGS,
        /** Answers 500. */
        FAILS,
        /** Closes the connection in the midst of the answer. */
        CLOSES
    }

    /**
     * What it was sent.
     *
     * @param key by which the sender marks repetitions
     */
    record Message(String path, String key, String body, long nanoTime) {}

    private static final int MOMENT_MILLIS = 150;
    private final Queue<Message> messages = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile Manner manner = Manner.TAKES;

    private Inbox(HttpServer server) {
        this.server = server;
    }

    static Inbox open() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        Inbox inbox = new Inbox(server);
        server.createContext("/", inbox::take);
        server.setExecutor(inbox.threads);
        server.start();
        return inbox;
    }

    void manner(Manner now) {
        manner = now;
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Manner now = manner;
        try (exchange) {
            if (now == Manner.HANGS) {
                TimeUnit.MINUTES.sleep(10);
            }
            String key = String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            if (now == Manner.TAKES) {
                messages.add(new Message(exchange.getRequestURI().getPath(), key, body, System.nanoTime()));
                TimeUnit.MILLISECONDS.sleep(MOMENT_MILLIS);
            }
            exchange.sendResponseHeaders(now == Manner.FAILS ? 500 : 200, now == Manner.CLOSES ? 1000 : 2);
            exchange.getResponseBody().write("ok".getBytes(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    List<Message> messages() {
        return List.copyOf(messages);
    }

    /** How often each text that matches was told of, in messages of this status. */
    Map<String, Integer> counts(Pattern what, String status) {
        Map<String, Integer> counts = new HashMap<>();
        for (Message message : messages) {
            if (message.body().contains("\"status\":\"" + status + "\"")) {
                Matcher matcher = what.matcher(message.body());
                matcher.results()
                        .map(found -> found.group())
                        .distinct()
                        .forEach(text -> counts.merge(text, 1, Integer::sum));
            }
        }
        return counts;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
