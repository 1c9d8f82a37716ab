package org.ergograph.outbound;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * Short questions to other servers. It goes where the policy allows, follows no redirect, keeps no cookies, knows no proxy,
 * tries once, and is bounded in time, size and number. Thread-safe.
 */
@Singleton
public class OutboundClient {
    private static final int MAX_HEADERS = 100;
    private static final int MAX_LINE = 16_384;
    private static final int PER_HOST = 4;

    private final OutboundPolicy policy;
    private final Duration connectTimeout;
    private final Executor executor;
    private final ScheduledExecutorService scheduler;
    private final Semaphore places;
    private final CloseableHttpClient client;

    @Inject
    OutboundClient(OutboundSettings settings) {
        this(settings, InetAddress::getAllByName, ServerThreads.executor(), ServerThreads.scheduler());
    }

    OutboundClient(
            OutboundSettings settings,
            CheckedResolver.Lookup lookup,
            Executor executor,
            ScheduledExecutorService scheduler) {
        this.policy = settings.policy();
        this.connectTimeout = settings.connectTimeout();
        this.executor = executor;
        this.scheduler = scheduler;
        this.places = new Semaphore(settings.concurrent());
        this.client = client(settings, new CheckedResolver(policy, lookup));
    }

    private static CloseableHttpClient client(OutboundSettings settings, CheckedResolver resolver) {
        Timeout connect = Timeout.of(settings.connectTimeout());
        PoolingHttpClientConnectionManager connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(resolver)
                .setMaxConnTotal(settings.concurrent())
                .setMaxConnPerRoute(PER_HOST)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(connect)
                        .setSocketTimeout(connect)
                        .setTimeToLive(Timeout.ofMinutes(5))
                        .build())
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxHeaderCount(MAX_HEADERS)
                                .setMaxLineLength(MAX_LINE)
                                .setMaxEmptyLineCount(1)
                                .build())
                        .build())
                .build();
        // Compressed bodies are left alone: a few kilobytes of them can become gigabytes.
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setUserAgent("Ergograph")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    /** Sends the request, and answers what became of it; never completes exceptionally. */
    public CompletionStage<OutboundResult> send(OutboundRequest request) {
        if (policy.judge(request.url()) instanceof OutboundPolicy.Refused refusal) {
            return CompletableFuture.completedFuture(new OutboundResult.Refused(refusal));
        }
        long start = System.nanoTime();
        if (!places.tryAcquire()) {
            return CompletableFuture.completedFuture(failed(OutboundResult.Cause.BUSY, start));
        }
        CompletableFuture<OutboundResult> result = new CompletableFuture<>();
        HttpGet get = prepared(request);
        try {
            Future<?> deadline = scheduler.schedule(
                    () -> {
                        // An unanswered question for an address cannot be taken back: it keeps its place until it
                        // returns.
                        result.complete(failed(OutboundResult.Cause.TIMEOUT, start));
                        get.cancel();
                    },
                    request.deadline().toNanos(),
                    TimeUnit.NANOSECONDS);
            executor.execute(() -> {
                OutboundResult outcome;
                try {
                    outcome = execute(get, request, start);
                } finally {
                    places.release();
                    deadline.cancel(false);
                }
                result.complete(outcome);
            });
        } catch (RejectedExecutionException e) {
            places.release();
            result.complete(failed(OutboundResult.Cause.BUSY, start));
        }
        return result;
    }

    private HttpGet prepared(OutboundRequest request) {
        HttpGet get = new HttpGet(request.url());
        request.headers().forEach(get::setHeader);
        get.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(connectTimeout))
                .setResponseTimeout(Timeout.of(request.deadline()))
                .setProtocolUpgradeEnabled(false)
                .build());
        return get;
    }

    private OutboundResult execute(HttpGet get, OutboundRequest request, long start) {
        OutboundResult.Reached reached = null;
        try (ClassicHttpResponse response = client.executeOpen(null, get, null)) {
            reached = reached(response, request.maxBytes(), start);
            if (!reached.whole()) {
                get.cancel(); // closes the connection; else closing the response would read the rest
            }
            return reached;
        } catch (CheckedResolver.RefusedException e) {
            return new OutboundResult.Refused(e.refusal());
        } catch (IOException | RuntimeException e) {
            if (reached != null) {
                return reached; // what was wanted is here; only closing failed
            }
            return failed(get.isCancelled() ? OutboundResult.Cause.TIMEOUT : Failures.cause(e), start);
        }
    }

    private static OutboundResult.Reached reached(ClassicHttpResponse response, int maxBytes, long start)
            throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (Header header : response.getHeaders()) {
            headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue() == null ? "" : header.getValue());
        }
        byte[] bytes = beginning(response.getEntity(), maxBytes);
        return new OutboundResult.Reached(
                response.getCode(),
                headers,
                new String(bytes, 0, Math.min(bytes.length, maxBytes), StandardCharsets.UTF_8),
                maxBytes > 0 && bytes.length <= maxBytes,
                since(start));
    }

    /** At most one byte more than wanted, so that one can tell whether there is more. */
    private static byte[] beginning(HttpEntity entity, int maxBytes) throws IOException {
        if (entity == null || maxBytes == 0) {
            return new byte[0];
        }
        InputStream body = entity.getContent();
        return body == null ? new byte[0] : body.readNBytes(maxBytes + 1);
    }

    private static OutboundResult failed(OutboundResult.Cause cause, long start) {
        return new OutboundResult.Failed(cause, since(start));
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @PreDestroy
    void close() {
        client.close(CloseMode.IMMEDIATE);
    }
}
