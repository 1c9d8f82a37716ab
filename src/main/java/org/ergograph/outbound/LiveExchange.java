package org.ergograph.outbound;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** One exchange from its request to its end. Thread-safe. */
final class LiveExchange implements Exchange, FutureCallback<Void> {
    /** The receiver has had enough. */
    private static final class EnoughException extends IOException {}

    private final Receiver receiver;
    private final CompletableFuture<ExchangeResult> result = new CompletableFuture<>();
    private final AtomicReference<@Nullable Future<?>> attempt = new AtomicReference<>();
    private final Runnable again;
    private final AtomicReference<@Nullable Runnable> cleanUp = new AtomicReference<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable AsyncExecRuntime runtime;
    private boolean repeated;
    private volatile int status;

    /** @param again sends the request once more */
    LiveExchange(Receiver receiver, Consumer<LiveExchange> again) {
        this.receiver = receiver;
        this.again = () -> again.accept(this);
    }

    @Override
    public CompletionStage<ExchangeResult> result() {
        return result.minimalCompletionStage();
    }

    boolean done() {
        return ended.get();
    }

    /** Has this done before anybody hears of the end. */
    void atEnd(Runnable action) {
        cleanUp.set(action);
        if (ended.get()) {
            runOnce();
        }
    }

    private void runOnce() {
        Runnable action = cleanUp.getAndSet(null);
        if (action != null) {
            action.run();
        }
    }

    private boolean end(ExchangeResult how) {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        runOnce();
        return result.complete(how);
    }

    @Override
    public void cancel() {
        end(OutboundResult.Cause.CANCELLED);
    }

    /** Ends it before its time. */
    void end(OutboundResult.Cause cause) {
        if (end(new ExchangeResult.Failed(cause))) {
            abort();
        }
    }

    void end(OutboundPolicy.Refused refusal) {
        end(new ExchangeResult.Refused(refusal));
    }

    /** The request is on its way. */
    void under(Future<?> way) {
        attempt.set(way);
        if (ended.get()) {
            abort(); // ended in between
        }
    }

    /** Says what holds the connection, once there is one. */
    void on(AsyncExecRuntime held) {
        runtime = held;
    }

    private void abort() {
        Future<?> way = attempt.get();
        if (way != null) {
            way.cancel(true);
        }
        // Where the connection was made before the client had noted that it was being made, it cancels the making only,
        // and
        // the connection would stay taken for good.
        AsyncExecRuntime held = runtime;
        if (held != null) {
            held.discardEndpoint();
        }
    }

    @Override
    public void completed(Void nothing) {
        // The connection is given back after this and before the consumer is released, so that is the end.
    }

    @Override
    public void failed(Exception e) {
        if (e instanceof EnoughException) {
            end(new ExchangeResult.Answered(status, false));
        } else if (e instanceof CheckedResolver.RefusedException refused) {
            end(refused.refusal());
        } else if (e instanceof RequestNotExecutedException && status == 0 && !repeated && !ended.get()) {
            // The server had closed a connection that was kept, and nothing of the request had been written to it.
            repeated = true;
            again.run();
        } else {
            end(new ExchangeResult.Failed(Failures.cause(e)));
        }
    }

    @Override
    public void cancelled() {
        end(new ExchangeResult.Failed(OutboundResult.Cause.BROKEN));
    }

    /** Hands the answer over. */
    AsyncResponseConsumer<Void> consumer() {
        return new AsyncResponseConsumer<>() {
            private @Nullable FutureCallback<Void> callback;
            private volatile boolean whole;

            @Override
            public void consumeResponse(
                    HttpResponse response,
                    @Nullable EntityDetails entity,
                    HttpContext context,
                    FutureCallback<Void> done) {
                status = response.getCode();
                Map<String, String> headers = new HashMap<>();
                for (Header header : response.getHeaders()) {
                    headers.put(
                            header.getName().toLowerCase(Locale.ROOT),
                            header.getValue() == null ? "" : header.getValue());
                }
                callback = done;
                if (!ended.get()) {
                    receiver.head(status, headers);
                }
                if (entity == null) {
                    finish();
                }
            }

            @Override
            public void informationResponse(HttpResponse response, HttpContext context) {}

            @Override
            public void updateCapacity(CapacityChannel channel) throws IOException {
                channel.update(Integer.MAX_VALUE);
            }

            @Override
            public void consume(ByteBuffer bytes) throws IOException {
                if (ended.get() || !receiver.body(bytes)) {
                    throw new EnoughException();
                }
            }

            @Override
            public void streamEnd(@Nullable List<? extends Header> trailers) {
                finish();
            }

            @SuppressWarnings("NullAway") // the callback of a Void takes nothing else
            private void finish() {
                whole = true;
                if (callback != null) {
                    callback.completed(null);
                }
            }

            @Override
            public void failed(Exception e) {}

            @Override
            public void releaseResources() {
                if (whole) {
                    end(new ExchangeResult.Answered(status, true));
                }
            }
        };
    }
}
