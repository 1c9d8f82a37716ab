package org.ergograph.gateway;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Does one thing after another, in order, on threads that may wait. Thread-safe. */
final class Mailbox {
    private final Executor executor;
    private final int capacity;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    /** @param capacity of how many things {@link #offer} lets wait */
    Mailbox(Executor executor, int capacity) {
        this.executor = executor;
        this.capacity = capacity;
    }

    /** Has it done if not too much waits already; answers whether it will be done. */
    boolean offer(Runnable action) {
        return put(action, capacity);
    }

    /** Has it done whatever waits. */
    void post(Runnable action) {
        put(action, Integer.MAX_VALUE);
    }

    private boolean put(Runnable action, int most) {
        synchronized (waiting) {
            if (waiting.size() >= most) {
                return false;
            }
            waiting.add(action);
            if (running) {
                return true;
            }
            running = true;
        }
        try {
            executor.execute(this::run);
        } catch (RejectedExecutionException e) {
            run(); // the server is stopping: there is no other thread
        }
        return true;
    }

    private void run() {
        for (Runnable next = next(); next != null; next = next()) {
            boolean done = false;
            try {
                next.run();
                done = true;
            } finally {
                if (!done) {
                    abandon();
                }
            }
        }
    }

    private @Nullable Runnable next() {
        synchronized (waiting) {
            Runnable next = waiting.poll();
            running = next != null;
            return next;
        }
    }

    /** What failed ends its thread; the rest goes on on another. */
    private void abandon() {
        synchronized (waiting) {
            running = false;
        }
        post(() -> {});
    }
}
