package org.ergograph.telemetry;

import org.jspecify.annotations.Nullable;

/** Lets several pieces of work be done although one of them fails, and tells of the first failure at the end. Not thread-safe. */
final class Failures {
    private @Nullable RuntimeException first;

    void collect(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            if (first == null) {
                first = e;
            } else if (first != e) {
                first.addSuppressed(e);
            }
        }
    }

    /** @throws RuntimeException the first failure, if there was one */
    void rethrow() {
        if (first != null) {
            throw first;
        }
    }
}
