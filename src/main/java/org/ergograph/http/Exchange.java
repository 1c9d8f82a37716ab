package org.ergograph.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.SecurityContext;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.security.Principal;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.ergograph.observation.Recorder;
import org.ergograph.observation.Series;
import org.ergograph.observation.Timing;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, from the filter to the end: of the dispatch, or where that leaves it to other threads, of the
 * asynchronous context. Ends once, whichever of the two is later. One thread at a time, handed over by the state.
 */
final class Exchange implements AsyncListener {
    /** The request attribute under which an asynchronous request keeps its exchange. */
    static final String ATTRIBUTE = "org.ergograph.exchange";

    private enum State {
        /** The first dispatch still runs. */
        DISPATCHED,
        /** The first dispatch has returned, and the work goes on. */
        LEFT,
        /** The work has ended, while the first dispatch still runs. */
        COMPLETE,
        OVER
    }

    private final HttpEdge edge;
    private final Timing timing;
    private final HttpServletRequest original;
    private final MeasuredRequest request;
    private final MeasuredResponse response;
    private final long allocatedBefore;
    private final int method;
    /** Null as long as the request is synchronous. */
    private @Nullable AtomicReference<State> async;

    private @Nullable Callable<?> dispatch;
    private @Nullable Callable<@Nullable Object> carrier;

    Exchange(
            HttpEdge edge,
            Timing timing,
            HttpServletRequest request,
            HttpServletResponse response,
            long allocatedBefore) {
        this.edge = edge;
        this.timing = timing;
        this.original = request;
        this.allocatedBefore = allocatedBefore;
        this.method = HttpMethods.indexOf(request.getMethod());
        this.request = new MeasuredRequest(request, this);
        this.response = new MeasuredResponse(response, timing.startNanos(), edge.time());
    }

    HttpServletRequest request() {
        return request;
    }

    HttpServletResponse response() {
        return response;
    }

    String contextPath() {
        return original.getContextPath();
    }

    int method() {
        return method;
    }

    Recorder recorder() {
        return edge.recorder();
    }

    /** Says which resource method takes the request. */
    void route(Series series) {
        timing.series(series);
    }

    /** Says that all request filters have passed: whatever span there will be is there, and who asks is known. */
    void entered(@Nullable SecurityContext security) {
        try {
            Principal user = security == null ? null : security.getUserPrincipal();
            if (user != null) {
                edge.recorder().principal(timing, user.getName());
            }
            edge.recorder().routed(timing);
        } catch (RuntimeException | LinkageError e) {
            edge.fault(e);
        }
    }

    /** The wrapper of the response, if it is the one that this exchange began with. */
    ServletResponse wrapped(HttpServletResponse given) {
        return response.getResponse() == given ? response : given;
    }

    /** Says that the request goes on after its dispatch; called before anybody else can have the context. */
    void suspended(AsyncContext context) {
        if (async == null) {
            async = new AtomicReference<>(State.DISPATCHED);
            original.setAttribute(ATTRIBUTE, this);
        }
        context.addListener(this);
    }

    /** Says that the context goes on with the request and response of the container, not those that are measured. */
    void unwrapped() {
        response.bypassed();
    }

    /** Says that the first dispatch has returned. */
    void leave() {
        try {
            if (async == null && original.isAsyncStarted()) {
                // Started past our wrapper. It may have completed by now, and then takes no listener.
                unwrapped();
                suspended(original.getAsyncContext());
            }
        } catch (IllegalStateException e) {
            async = null;
        }
        AtomicReference<State> state = async;
        if (state == null) {
            finish(true);
            return;
        }
        try {
            principal();
            timing.requestBytes(request.bytes());
            carrier = edge.recorder().carry(this::dispatchAgain);
            edge.recorder().detach(timing);
        } catch (RuntimeException | LinkageError e) {
            edge.fault(e);
        }
        if (!state.compareAndSet(State.DISPATCHED, State.LEFT) && state.compareAndSet(State.COMPLETE, State.OVER)) {
            finish(false);
        }
    }

    /** Says that the dispatch ended with an exception, which the container answers with 500. */
    void failed(Throwable failure) {
        AtomicReference<State> state = async;
        if (state != null && state.getAndSet(State.OVER) == State.OVER) {
            return;
        }
        Throwable cause = Causes.of(failure);
        if (cause instanceof FileNotFoundException && Endpoints.isFile(original.getHttpServletMapping())) {
            // So does Open Liberty's default servlet say, in a wrapper, that there is no such file.
            timing.status(HttpServletResponse.SC_NOT_FOUND);
        } else {
            timing.failed(cause);
            timing.status(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
        }
        finish(true);
    }

    /** Runs a later dispatch with trace id and principal of the first. */
    void again(Callable<?> work) throws IOException, ServletException {
        try {
            Callable<@Nullable Object> carried = carrier;
            if (carried == null) {
                work.call();
            } else {
                dispatch = work;
                carried.call();
            }
        } catch (IOException | ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    private @Nullable Object dispatchAgain() throws Exception {
        Callable<?> work = dispatch;
        dispatch = null;
        return work == null ? null : work.call();
    }

    private void complete() {
        AtomicReference<State> state = async;
        if (state == null || state.compareAndSet(State.DISPATCHED, State.COMPLETE)) {
            return;
        }
        if (state.compareAndSet(State.LEFT, State.OVER)) {
            finish(false);
        }
    }

    private void finish(boolean sameThread) {
        try {
            response.processTime();
            int status = timing.status() == 0 ? response.status() : timing.status();
            timing.status(status);
            if (status >= 500 && timing.errorType() == null) {
                timing.errorType(Integer.toString(status));
            }
            boolean routed = timing.series() != null;
            if (!routed) {
                timing.series(edge.endpoints().of(method, status, original.getHttpServletMapping()));
            }
            // JAX-RS writes to the response that it was given, whatever the context goes on with.
            timing.responseBytes(response.bytes(routed));
            if (sameThread) {
                principal();
                timing.requestBytes(request.bytes());
                long allocated = edge.allocation().read();
                timing.allocatedBytes(allocated < 0 || allocatedBefore < 0 ? -1 : allocated - allocatedBefore);
            }
        } catch (RuntimeException | LinkageError e) {
            edge.fault(e);
        }
        stop(sameThread);
    }

    private void stop(boolean sameThread) {
        try {
            if (sameThread) {
                edge.recorder().stop(timing);
            } else {
                edge.recorder().stopDetached(timing);
            }
        } catch (RuntimeException | LinkageError e) {
            edge.fault(e);
        } finally {
            edge.ended();
        }
    }

    private void principal() {
        if (timing.principal() == null) {
            Principal user = original.getUserPrincipal();
            Object caller = user != null ? user.getName() : original.getAttribute(Caller.ATTRIBUTE);
            timing.principal(caller instanceof String name ? name : null);
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        complete();
    }

    /** The container or a listener of the application completes it yet; only if the answer is an error was this why. */
    @Override
    public void onTimeout(AsyncEvent event) {
        response.timedOut();
    }

    /**
     * A client that goes away in the middle of its answer is no error of ours; any other failure is.
     */
    @Override
    public void onError(AsyncEvent event) {
        Throwable failure = event.getThrowable();
        AtomicReference<State> state = async;
        if (failure != null && state != null && state.get() != State.OVER) {
            boolean gone = failure instanceof IOException && response.isCommitted();
            if (!gone) {
                timing.failed(Causes.of(failure));
            }
        }
        complete();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }
}
