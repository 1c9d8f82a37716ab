package org.ergograph.mcp;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The answers to several requests that came at once, given together when the last is there. Thread-safe. */
final class Batch {
    private final PostOutlet target;
    private final List<@Nullable String> answers = new ArrayList<>();
    /** Those that are missing, and one for the thread that reads the batch. */
    private final AtomicInteger missing = new AtomicInteger(1);

    Batch(PostOutlet target) {
        this.target = target;
    }

    /** A place for one more answer; on the request's own thread. */
    Outlet place() {
        missing.incrementAndGet();
        synchronized (answers) {
            answers.add(null);
            return new Place(answers.size() - 1);
        }
    }

    /** Says that there is no more to come; on the request's own thread. */
    void complete() {
        if (missing.get() > 1) {
            target.leave();
        }
        arrived();
    }

    private void arrived() {
        if (missing.decrementAndGet() == 0) {
            synchronized (answers) {
                target.answer(200, "[" + String.join(",", answers) + "]", null, bytes -> {});
            }
        }
    }

    private final class Place implements Outlet {
        private final int index;

        private Place(int index) {
            this.index = index;
        }

        @Override
        public boolean streams() {
            return false;
        }

        @Override
        public boolean immediate() {
            return true;
        }

        @Override
        public void leave() {
            // The batch leaves as a whole.
        }

        @Override
        public void send(String message) {
            // Nothing comes before the answers.
        }

        @Override
        public void offer(String message) {
            // Nor does this.
        }

        @Override
        public void answer(int status, String text, @Nullable String session, LongConsumer written) {
            written.accept(text.length());
            synchronized (answers) {
                if (answers.set(index, text) != null) {
                    return;
                }
            }
            arrived();
        }

        @Override
        public void tick(long nowNanos) {
            // Nothing is open.
        }
    }
}
