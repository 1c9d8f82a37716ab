package org.ergograph.mcp;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response that is written as its client reads it, without a thread that waits: a bounded queue, drained by one
 * thread at a time. A client that does not read is dropped. Thread-safe.
 */
final class ResponseBody implements WriteListener, AsyncListener {
    /** What may wait for a client that is slow, beyond one piece of any size. */
    static final int MAX_PENDING_BYTES = 1 << 20;

    private static final int CHUNK = 32_768;

    private final AsyncContext context;
    private final ServletOutputStream out;
    private final Executor executor;
    private final Runnable gone;
    private final Deque<byte[]> pending = new ArrayDeque<>();
    private final AtomicInteger wakeUps = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();
    private int pendingBytes;
    private long bytes;
    private boolean ending;
    private volatile boolean ready;
    /** How often the stream is still to be flushed. */
    private int unflushed;

    private boolean flushedBefore;

    /**
     * @param context of a response whose head is complete before anything is sent
     * @param executor writes
     * @param gone run once if the client is not there any more, or does not read
     */
    ResponseBody(AsyncContext context, Executor executor, Runnable gone) {
        this.context = context;
        this.executor = executor;
        this.gone = gone;
        try {
            this.out = context.getResponse().getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Begins; once, before anything else, and on the request's own thread: Payara calls back to no other listener. */
    void open() {
        context.addListener(this);
        out.setWriteListener(this);
    }

    /** Sends a piece; drops the client if too much waits for it. */
    void send(byte[] piece) {
        synchronized (pending) {
            if (ending || over.get()) {
                return;
            }
            if (pendingBytes <= MAX_PENDING_BYTES) {
                pending.add(piece);
                pendingBytes += piece.length;
                bytes += piece.length;
                wake();
                return;
            }
        }
        drop();
    }

    /** Whether something waits for the client to read. */
    boolean congested() {
        synchronized (pending) {
            return pendingBytes > MAX_PENDING_BYTES / 16;
        }
    }

    /** Bytes given to it so far. */
    long bytes() {
        synchronized (pending) {
            return bytes;
        }
    }

    /** Ends the response after what was sent; writes on the calling thread as far as the client takes it. */
    void end() {
        synchronized (pending) {
            ending = true;
        }
        if (wakeUps.getAndIncrement() == 0) {
            drain();
        }
    }

    /** As {@link #send} and {@link #end} in one. */
    void end(byte[] last) {
        synchronized (pending) {
            if (!ending && !over.get()) {
                pending.add(last);
                pendingBytes += last.length;
                bytes += last.length;
            }
        }
        end();
    }

    /** Ends the response at once, without what waits. */
    void drop() {
        if (over.compareAndSet(false, true)) {
            finish();
            gone.run();
        }
    }

    private void wake() {
        // Where the container is yet to call back, it writes then: many streams that begin at once take no threads.
        if (ready && wakeUps.getAndIncrement() == 0) {
            try {
                executor.execute(this::drain);
            } catch (RejectedExecutionException e) {
                drop();
            }
        }
    }

    @Override
    public void onWritePossible() {
        ready = true;
        if (wakeUps.getAndIncrement() == 0) {
            drain();
        }
    }

    private void drain() {
        int seen = 1;
        do {
            try {
                write();
            } catch (IOException | RuntimeException e) {
                drop();
            }
            seen = wakeUps.addAndGet(-seen);
        } while (seen != 0);
    }

    private void write() throws IOException {
        while (!over.get() && ready) {
            // Once it says that it is not ready, it calls back, perhaps before this thread is further.
            ready = false;
            if (!out.isReady()) {
                return;
            }
            ready = true;
            byte[] next = next();
            if (next != null) {
                out.write(next);
                // Open Liberty ignores the first flush of a response.
                unflushed = flushedBefore ? 1 : 2;
                flushedBefore = true;
            } else if (isAtEnd()) {
                if (over.compareAndSet(false, true)) {
                    finish();
                }
            } else if (unflushed > 0) {
                unflushed--;
                out.flush();
            } else {
                return;
            }
        }
    }

    private boolean isAtEnd() {
        synchronized (pending) {
            return ending && pending.isEmpty();
        }
    }

    /** What waits, small pieces together; null if nothing does. */
    private byte @Nullable [] next() {
        synchronized (pending) {
            byte[] first = pending.poll();
            if (first == null) {
                return null;
            }
            pendingBytes -= first.length;
            if (pending.isEmpty() || first.length >= CHUNK) {
                return first;
            }
            ByteArrayOutputStream together = new ByteArrayOutputStream(CHUNK);
            together.writeBytes(first);
            while (!pending.isEmpty() && together.size() + pending.element().length <= CHUNK) {
                byte[] piece = pending.remove();
                pendingBytes -= piece.length;
                together.writeBytes(piece);
            }
            return together.toByteArray();
        }
    }

    private void finish() {
        synchronized (pending) {
            pending.clear();
            pendingBytes = 0;
        }
        try {
            context.complete();
        } catch (IllegalStateException e) {
            // The container has ended it already.
            over.set(true);
        }
    }

    @Override
    public void onError(Throwable failure) {
        drop();
    }

    @Override
    public void onError(AsyncEvent event) {
        drop();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        drop();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        if (over.compareAndSet(false, true)) {
            gone.run();
        }
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Never started twice.
    }
}
