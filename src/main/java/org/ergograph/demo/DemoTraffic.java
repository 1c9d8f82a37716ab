package org.ergograph.demo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.ergograph.observation.Periodic;
import org.ergograph.outbound.Exchange;
import org.ergograph.outbound.ExchangeRequest;
import org.ergograph.outbound.ExchangeResult;
import org.ergograph.outbound.OutboundExchanges;
import org.ergograph.outbound.Receiver;
import org.ergograph.web.JsonText;

/**
 * Calls this server itself now and then, by the way that every client takes, where there is a demonstration. Waits for nothing,
 * and has few calls under way at once. Thread-safe.
 */
@Singleton
class DemoTraffic implements Periodic {
    static final int MAX_UNDER_WAY = 8;

    private static final System.Logger LOG = System.getLogger(DemoTraffic.class.getName());
    private static final Duration OFF = Duration.ofHours(1);
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    /** One of so many calls reads a page of the API; the others call tools. */
    private static final int PAGES_SHARE = 4;

    private static final List<String> PAGES =
            List.of("/api/v1/metrics/summary?kind=tool", "/api/v1/audit?limit=5", "/api/v1/health");
    private static final String VERSION = "2026-07-28";

    private static final Receiver IGNORING = new Receiver() {
        @Override
        public void head(int status, Map<String, String> headers) {}

        @Override
        public boolean body(ByteBuffer bytes) {
            return true;
        }
    };

    private final DemoSettings settings;
    private final DemoSecret secret;
    private final Function<ExchangeRequest, Exchange> send;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicBoolean refused = new AtomicBoolean();
    private volatile boolean ready;

    @Inject
    DemoTraffic(DemoSettings settings, DemoSecret secret, OutboundExchanges exchanges) {
        this(settings, secret, request -> exchanges.send(request, IGNORING));
    }

    DemoTraffic(DemoSettings settings, DemoSecret secret, Function<ExchangeRequest, Exchange> send) {
        this.settings = settings;
        this.secret = secret;
        this.send = send;
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        if (settings.enabled()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "demonstration: tools demo_* and a call to {0} every {1}; ergograph.demo=false switches it off",
                    settings.url(),
                    settings.interval());
        }
    }

    @Override
    public Duration interval() {
        return settings.enabled() ? settings.interval() : OFF;
    }

    @Override
    public void run() {
        if (!settings.enabled() || refused.get()) {
            return;
        }
        if (underWay.incrementAndGet() > MAX_UNDER_WAY) {
            underWay.decrementAndGet();
            return;
        }
        try {
            // Until the schema is there, traffic would be nothing but errors.
            ExchangeRequest request = ready ? next(ThreadLocalRandom.current()) : get("/health/started");
            send.apply(request).result().thenAccept(this::ended);
        } catch (RuntimeException e) {
            underWay.decrementAndGet();
            throw e;
        }
    }

    private void ended(ExchangeResult result) {
        underWay.decrementAndGet();
        // Where the server's health is not to be had at this address, any answer but "not yet" will do.
        if (result instanceof ExchangeResult.Answered answered && answered.status() != 503) {
            ready = true;
        }
        if (result instanceof ExchangeResult.Refused refusal && refused.compareAndSet(false, true)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "demonstration: no traffic, since ergograph.outbound.allow forbids {0}: {1}",
                    settings.url(),
                    refusal.refusal().reason());
        } else {
            LOG.log(System.Logger.Level.DEBUG, "demonstration: {0}", result);
        }
    }

    ExchangeRequest next(RandomGenerator random) {
        if (settings.tools().isEmpty() || random.nextInt(PAGES_SHARE) == 0) {
            String page = PAGES.get(random.nextInt(PAGES.size()));
            return get(page);
        }
        return call(SampleTool.PREFIX
                + settings.tools().get(random.nextInt(settings.tools().size())).name());
    }

    private ExchangeRequest get(String path) {
        return new ExchangeRequest(
                "GET", settings.url() + path, Map.of(DemoSecret.HEADER, secret.value()), null, DEADLINE);
    }

    private ExchangeRequest call(String tool) {
        Map<String, String> headers = new HashMap<>();
        headers.put(DemoSecret.HEADER, secret.value());
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json, text/event-stream");
        headers.put("MCP-Protocol-Version", VERSION);
        headers.put("Mcp-Method", "tools/call");
        headers.put("Mcp-Name", tool);
        byte[] body = JsonText.bytes(JsonText.object()
                .add("jsonrpc", "2.0")
                .add("id", 1)
                .add("method", "tools/call")
                .add(
                        "params",
                        JsonText.object()
                                .add("name", tool)
                                .add("arguments", JsonText.object().add("query", "demonstration"))
                                .add(
                                        "_meta",
                                        JsonText.object()
                                                .add("io.modelcontextprotocol/protocolVersion", VERSION)
                                                .add("io.modelcontextprotocol/clientCapabilities", JsonText.object())
                                                .add(
                                                        "io.modelcontextprotocol/clientInfo",
                                                        JsonText.object()
                                                                .add("name", DemoFilter.PRINCIPAL)
                                                                .add("version", "1"))))
                .build());
        return new ExchangeRequest("POST", settings.url() + "/mcp", headers, ByteBuffer.wrap(body), DEADLINE);
    }
}
