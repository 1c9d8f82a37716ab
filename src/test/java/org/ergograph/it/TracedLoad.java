package org.ergograph.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Clients that ask a server at a steady pace, each request once and under a trace id of its own, and remember when which was
 * answered. Thread-safe.
 */
final class TracedLoad {
    private static final int PER_SECOND = 200;
    static final String PATH = "/api/v1/metrics/summary";
    private static final int CLIENTS = 6;
    private static final int MOST = 1 << 17;
    private static final long NEVER = 0;
    private static final AtomicLong LOADS = new AtomicLong(System.currentTimeMillis() << 16);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private final long traceIdHigh = LOADS.incrementAndGet();
    private final URI target;
    private final long pauseNanos;
    private final long start = System.nanoTime();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicLongArray answeredAfter = new AtomicLongArray(MOST);
    private final AtomicInteger errors = new AtomicInteger();
    private volatile boolean going = true;

    private TracedLoad(int port, int perSecond) {
        this.pauseNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.target = URI.create("http://127.0.0.1:" + port + PATH);
    }

    /** Begins to ask the server on this port of this machine. */
    static TracedLoad on(int port) {
        return on(port, PER_SECOND);
    }

    /** The same at another pace. */
    static TracedLoad on(int port, int perSecond) {
        TracedLoad load = new TracedLoad(port, perSecond);
        for (int i = 0; i < CLIENTS; i++) {
            load.threads.execute(load::ask);
        }
        return load;
    }

    private void ask() {
        try {
            while (going) {
                int index = next.getAndIncrement();
                long due = start + index * pauseNanos;
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                ask(index);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(int index) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(target)
                .header("traceparent", "00-" + traceId(index) + "-00f067aa0ba902b7-01")
                .timeout(Duration.ofSeconds(30))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            answeredAfter.set(index, Math.max(1, System.nanoTime() - start));
            if (answer.statusCode() != 200) {
                errors.incrementAndGet();
            }
        } catch (IOException e) {
            // The server is gone, as these tests wish; this one was not answered.
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Ends it, and waits for the answers that are due. */
    void stop() throws InterruptedException {
        going = false;
        threads.shutdown();
        if (!threads.awaitTermination(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("requests did not end");
        }
    }

    /** The upper half of all its trace ids; the lower half of a request is {@linkplain #traceIdLow its own}. */
    long traceIdHigh() {
        return traceIdHigh;
    }

    static long traceIdLow(int index) {
        return index + 1L;
    }

    String traceId(int index) {
        return HexFormat.of().toHexDigits(traceIdHigh) + HexFormat.of().toHexDigits(traceIdLow(index));
    }

    /** How many requests were begun. */
    int begun() {
        return Math.min(next.get(), MOST);
    }

    /** How many answers were not 200. */
    int errors() {
        return errors.get();
    }

    /** The indexes of the requests that have been answered completely. */
    BitSet answered() {
        return answeredBefore(Long.MAX_VALUE);
    }

    /** The same of those that were answered before a moment of {@link System#nanoTime}. */
    BitSet answeredBefore(long nanoTime) {
        BitSet indexes = new BitSet();
        for (int i = 0; i < begun(); i++) {
            long after = answeredAfter.get(i);
            if (after != NEVER && (nanoTime == Long.MAX_VALUE || start + after - nanoTime < 0)) {
                indexes.set(i);
            }
        }
        return indexes;
    }

    /** How long before that moment the request was answered. */
    Duration answeredBefore(int index, long nanoTime) {
        return Duration.ofNanos(nanoTime - start - answeredAfter.get(index));
    }
}
