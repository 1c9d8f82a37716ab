package org.ergograph.outbound;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Exchanges with other servers that hold no thread while they wait: calls that take long, and streams. Goes where the policy
 * allows, follows no redirect, keeps no cookies, knows no proxy, and leaves bodies as they are. A request is sent again, once,
 * only if nothing of it had been written. Thread-safe.
 */
@Singleton
public class OutboundExchanges {
    private static final int MAX_HEADERS = 100;
    private static final int MAX_LINE = 16_384;
    private static final int THREADS = 2;
    private static final String EXCHANGE = "org.ergograph.exchange";

    private final OutboundPolicy policy;
    private final Places places;
    private final Addresses addresses;
    private final Deadlines deadlines;
    private final RequestConfig config;
    private final CloseableHttpAsyncClient client;
    private final Set<LiveExchange> live = ConcurrentHashMap.newKeySet();

    @Inject
    OutboundExchanges(OutboundSettings settings, ExchangeSettings exchanges) {
        this(settings, exchanges, InetAddress::getAllByName, ServerThreads.executor(), ServerThreads.scheduler());
    }

    OutboundExchanges(
            OutboundSettings settings,
            ExchangeSettings exchanges,
            CheckedResolver.Lookup lookup,
            Executor executor,
            ScheduledExecutorService scheduler) {
        this.policy = settings.policy();
        this.places = new Places(exchanges);
        this.addresses = new Addresses(lookup, executor);
        this.deadlines = new Deadlines(scheduler);
        this.config = RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(settings.connectTimeout()))
                .setProtocolUpgradeEnabled(false)
                .setExpectContinueEnabled(false)
                .build();
        this.client = client(settings, exchanges, new CheckedResolver(policy, addresses));
        client.start();
    }

    /**
     * One on threads of the caller's.
     *
     * @param executor looks names up
     * @param scheduler says when; nothing is done on it that might wait
     */
    public static OutboundExchanges of(
            OutboundSettings settings,
            ExchangeSettings exchanges,
            Executor executor,
            ScheduledExecutorService scheduler) {
        return new OutboundExchanges(settings, exchanges, InetAddress::getAllByName, executor, scheduler);
    }

    private static CloseableHttpAsyncClient client(
            OutboundSettings settings, ExchangeSettings exchanges, CheckedResolver resolver) {
        Timeout connect = Timeout.of(settings.connectTimeout());
        return HttpAsyncClients.custom()
                .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                        .setDnsResolver(resolver)
                        .setMaxConnTotal(exchanges.concurrent())
                        .setMaxConnPerRoute(exchanges.perHost())
                        .setDefaultTlsConfig(TlsConfig.custom()
                                .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                                .setHandshakeTimeout(connect)
                                .build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(connect)
                                // Silence is no failure here: the deadline is.
                                .setSocketTimeout(Timeout.DISABLED)
                                // An end that the server has sent is seen by the reactor; nothing is gained by waiting.
                                .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                                .setTimeToLive(Timeout.ofMinutes(5))
                                .build())
                        .build())
                .setIOReactorConfig(IOReactorConfig.custom()
                        .setIoThreadCount(THREADS)
                        .setSoKeepAlive(true)
                        .setTcpNoDelay(true)
                        .build())
                .setThreadFactory(new DefaultThreadFactory("ergograph-outbound", true))
                .setHttp1Config(Http1Config.custom()
                        .setMaxHeaderCount(MAX_HEADERS)
                        .setMaxLineLength(MAX_LINE)
                        .setMaxEmptyLineCount(1)
                        .build())
                .setUserAgent("Ergograph")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableConnectionState()
                .addExecInterceptorFirst("exchange", OutboundExchanges::begin)
                .build();
    }

    private static void begin(
            HttpRequest request,
            AsyncEntityProducer body,
            AsyncExecChain.Scope scope,
            AsyncExecChain chain,
            AsyncExecCallback callback)
            throws HttpException, IOException {
        if (scope.clientContext.getAttribute(EXCHANGE) instanceof LiveExchange exchange) {
            exchange.on(scope.execRuntime);
        }
        chain.proceed(request, body, scope, callback);
    }

    /** Sends the request; returns at once. */
    public Exchange send(ExchangeRequest request, Receiver receiver) {
        LiveExchange exchange = new LiveExchange(receiver, again -> attempt(request, again));
        OutboundPolicy.Verdict verdict = policy.judge(request.url());
        if (verdict instanceof OutboundPolicy.Refused refusal) {
            exchange.end(refusal);
            return exchange;
        }
        URI url = ((OutboundPolicy.Allowed) verdict).url();
        String place = url.getScheme() + "://" + url.getRawAuthority().toLowerCase(Locale.ROOT);
        if (!places.take(place)) {
            exchange.end(OutboundResult.Cause.BUSY);
            return exchange;
        }
        live.add(exchange);
        Runnable ended = inTime(request, exchange);
        exchange.atEnd(() -> {
            ended.run();
            live.remove(exchange);
            places.free(place);
        });
        attempt(request, exchange);
        return exchange;
    }

    private Runnable inTime(ExchangeRequest request, LiveExchange exchange) {
        try {
            return deadlines.after(request.deadline(), () -> exchange.end(OutboundResult.Cause.TIMEOUT));
        } catch (RejectedExecutionException e) {
            exchange.end(OutboundResult.Cause.BUSY);
            return () -> {};
        }
    }

    private void attempt(ExchangeRequest request, LiveExchange exchange) {
        addresses.known(host(request)).thenAccept(failure -> {
            if (failure != null) {
                exchange.end(failure);
            } else if (!exchange.done()) {
                execute(request, exchange);
            }
        });
    }

    /** As the client asks the resolver for it. */
    private static String host(ExchangeRequest request) {
        String host = URI.create(request.url()).getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private void execute(ExchangeRequest request, LiveExchange exchange) {
        BasicHttpRequest message = new BasicHttpRequest(request.method(), URI.create(request.url()));
        request.headers().forEach(message::setHeader);
        HttpClientContext context = HttpClientContext.create();
        context.setRequestConfig(config);
        context.setAttribute(EXCHANGE, exchange);
        AsyncEntityProducer body = request.body() == null ? null : new BufferBody(request.body());
        try {
            exchange.under(client.execute(
                    new BasicRequestProducer(message, body), exchange.consumer(), null, context, exchange));
        } catch (RuntimeException e) {
            exchange.failed(e);
        }
    }

    /** Ends all that is under way. */
    @PreDestroy
    public void close() {
        live.forEach(exchange -> exchange.end(OutboundResult.Cause.BROKEN));
        // At once would close the reactor's selectors under its threads' hands.
        client.close(CloseMode.GRACEFUL);
        live.forEach(exchange -> exchange.end(OutboundResult.Cause.BROKEN));
    }
}
