package org.ergograph.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Meters;
import org.ergograph.observation.Metrics;
import org.ergograph.observation.ObservationSettings;
import org.ergograph.observation.Recorder;
import org.ergograph.observation.TimeSource;
import org.ergograph.observation.Timing;
import org.ergograph.observation.TraceIds;
import org.jspecify.annotations.Nullable;

/** Where requests begin to be observed, and what their exchanges share. A fault of ours never fails a request. Thread-safe. */
@Singleton
class HttpEdge implements ActiveRequests {
    private static final System.Logger LOG = System.getLogger(HttpEdge.class.getName());

    private final Recorder recorder;
    private final TimeSource time;
    private final Endpoints endpoints;
    private final Allocation allocation;
    private final LongAdder active = new LongAdder();
    private final AtomicBoolean faulty = new AtomicBoolean();

    @Inject
    HttpEdge(Recorder recorder, TimeSource time, ObservationSettings settings) {
        this.recorder = recorder;
        this.time = time;
        this.endpoints = new Endpoints(recorder);
        this.allocation = Allocation.of(settings.allocation());
    }

    void publish(@Observes @Initialized(ApplicationScoped.class) Object event, Instance<Meters> meters) {
        if (recorder.enabled() && meters.isResolvable()) {
            meters.get().gauge(Metrics.HTTP_ACTIVE, this::activeRequests);
        }
    }

    @Override
    public long activeRequests() {
        return active.sum();
    }

    /** Lets the request pass through the chain, observed from here to its end. */
    void request(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Exchange exchange = recorder.enabled() && Current.get() == null ? begin(request, response) : null;
        if (exchange == null) {
            chain.doFilter(request, response);
            return;
        }
        Current.set(exchange);
        try {
            chain.doFilter(exchange.request(), exchange.response());
        } catch (Throwable e) {
            Current.set(null);
            exchange.failed(e);
            throw e;
        }
        Current.set(null);
        exchange.leave();
    }

    /** Lets a later dispatch of an asynchronous request pass, on behalf of the exchange that its first one began. */
    void dispatched(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Exchange exchange = Current.get() == null && request.getAttribute(Exchange.ATTRIBUTE) instanceof Exchange known
                ? known
                : null;
        if (exchange == null) {
            chain.doFilter(request, response);
            return;
        }
        Current.set(exchange);
        try {
            exchange.again(() -> {
                chain.doFilter(request, exchange.wrapped(response));
                return null;
            });
        } finally {
            Current.set(null);
        }
    }

    private @Nullable Exchange begin(HttpServletRequest request, HttpServletResponse response) {
        try {
            long allocated = allocation.read();
            String parent = request.getHeader("traceparent");
            boolean known = parent != null && TraceIds.isTraceparent(parent);
            Timing timing = recorder.startRequest(
                    Kind.HTTP, known ? TraceIds.high(parent) : 0, known ? TraceIds.low(parent) : 0);
            timing.traceparent(known ? parent : null);
            active.increment();
            return new Exchange(this, timing, request, response, allocated);
        } catch (RuntimeException | LinkageError e) {
            fault(e);
            return null;
        }
    }

    /** Says that a request is over, whatever became of it. */
    void ended() {
        active.decrement();
    }

    Recorder recorder() {
        return recorder;
    }

    TimeSource time() {
        return time;
    }

    Endpoints endpoints() {
        return endpoints;
    }

    Allocation allocation() {
        return allocation;
    }

    void fault(Throwable e) {
        if (faulty.compareAndSet(false, true)) {
            LOG.log(System.Logger.Level.WARNING, "a request was not recorded; further such faults are not logged", e);
        }
    }
}
