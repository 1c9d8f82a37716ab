package org.ergograph.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.ergograph.bench.NoOpInterceptor;
import org.ergograph.bench.Subject;
import org.ergograph.history.BenchDrain;
import org.ergograph.monitor.Monitored;
import org.ergograph.observation.Series;
import org.ergograph.recorder.BenchRecorder;
import org.jboss.weld.bootstrap.spi.BeanDiscoveryMode;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a request costs its own thread: the filter, the route, three intercepted calls within it, and the hand-over of all four
 * to the audit log. The server's own request and response are stand-ins that do nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 6, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(3)
public class FilterBench {
    private static final class Request extends HttpServletRequestWrapper {
        Request() {
            super(unasked(HttpServletRequest.class));
        }

        @Override
        public String getMethod() {
            return "GET";
        }

        @Override
        public String getHeader(String name) {
            return null;
        }

        @Override
        public Object getAttribute(String name) {
            return null;
        }

        @Override
        public int getContentLength() {
            return -1;
        }

        @Override
        public long getContentLengthLong() {
            return -1;
        }

        @Override
        public boolean isAsyncStarted() {
            return false;
        }

        @Override
        public Principal getUserPrincipal() {
            return null;
        }

        @Override
        public String getContextPath() {
            return "";
        }

        @Override
        public HttpServletMapping getHttpServletMapping() {
            return unasked(HttpServletMapping.class);
        }
    }

    private static final class Answer extends HttpServletResponseWrapper {
        String header;

        Answer() {
            super(unasked(HttpServletResponse.class));
        }

        @Override
        public int getStatus() {
            return 200;
        }

        @Override
        public boolean isCommitted() {
            return false;
        }

        @Override
        public void setHeader(String name, String value) {
            header = value;
        }

        @Override
        public void addHeader(String name, String value) {
            header = value;
        }
    }

    private static final SecurityContext SECURITY = new SecurityContext() {
        @Override
        public Principal getUserPrincipal() {
            return null;
        }

        @Override
        public boolean isUserInRole(String role) {
            return false;
        }

        @Override
        public boolean isSecure() {
            return false;
        }

        @Override
        public String getAuthenticationScheme() {
            return "";
        }
    };

    private static final AtomicReference<String> UNASKED = new AtomicReference<>();

    private WeldContainer container;
    private HttpEdge edge;
    private Series route;
    private Subject subject;
    private boolean recorded;
    private long value;
    private final Request request = new Request();
    private final Answer answer = new Answer();

    private static <T> T unasked(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            UNASKED.compareAndSet(null, method.toString());
            throw new UnsupportedOperationException(method.toString());
        }));
    }

    /** Fails if a stand-in was asked for what it does not know: then it was failing that was timed. */
    private static void assertAsked() {
        String asked = UNASKED.get();
        if (asked != null) {
            throw new IllegalStateException("a stand-in was asked for " + asked);
        }
    }

    @Setup
    public void start() throws ClassNotFoundException {
        container = new Weld()
                .disableDiscovery()
                .setBeanDiscoveryMode(BeanDiscoveryMode.ALL)
                .addPackages(false, Monitored.class)
                .addBeanClasses(BenchRecorder.sinks(true))
                .addBeanClasses(BenchRecorder.class, Subject.class, NoOpInterceptor.class, HttpEdge.class)
                .initialize();
        subject = container.select(Subject.class).get();
        edge = container.select(HttpEdge.class).get();
        SeriesByMethod endpoint = new SeriesByMethod("/api/v1/items/{id}");
        route = endpoint.of(HttpMethods.indexOf("GET"), edge.recorder());
        container.select(BenchDrain.class).get().start();
    }

    @TearDown
    public void stop() {
        if (recorded) {
            container.select(BenchDrain.class).get().stop();
        }
        container.close();
        assertAsked();
    }

    private void calls() {
        value = subject.monitored(value);
        value = subject.db(value);
        value = subject.step(value);
    }

    private void noOpCalls() {
        value = subject.noOp(value);
        value = subject.noOp(value);
        value = subject.noOp(value);
    }

    private void send(FilterChain chain) throws ServletException, IOException {
        recorded = true;
        edge.request(request, answer, chain);
    }

    private void routed() {
        Exchange exchange = Current.get();
        exchange.route(route);
        exchange.entered(SECURITY);
    }

    @Benchmark
    public void threeNoOpCalls() {
        noOpCalls();
    }

    @Benchmark
    public void filterAlone() throws ServletException, IOException {
        send((asked, given) -> routed());
    }

    @Benchmark
    public void filterAndThreeInterceptedCalls() throws ServletException, IOException {
        send((asked, given) -> {
            routed();
            calls();
        });
    }
}
