package org.ergograph.http;

import org.jspecify.annotations.Nullable;

/**
 * The exchange that the current thread works for. Kept in an array of the platform's own type, so that a pooled thread that
 * outlives the application holds none of its classes.
 */
final class Current {
    private static final ThreadLocal<@Nullable Object[]> SLOT = ThreadLocal.withInitial(() -> new @Nullable Object[1]);

    private Current() {}

    static @Nullable Exchange get() {
        return (Exchange) SLOT.get()[0];
    }

    static void set(@Nullable Exchange exchange) {
        SLOT.get()[0] = exchange;
    }
}
