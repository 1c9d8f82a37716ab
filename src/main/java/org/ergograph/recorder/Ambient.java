package org.ergograph.recorder;

import org.ergograph.observation.Timing;
import org.jspecify.annotations.Nullable;

/**
 * What the current thread is working for: trace id, principal, request, whether it is the record's own work. Kept in arrays of
 * the platform's own types, so that a pooled thread that outlives the application holds none of its classes: the request's
 * timing is there only while the thread works for it.
 */
final class Ambient {
    static final int HIGH = 0;
    static final int LOW = 1;
    static final int INTERNAL = 2;
    private static final int IDS = 0;
    private static final int PRINCIPAL = 1;
    private static final int REQUEST = 2;

    private static final ThreadLocal<@Nullable Object[]> CURRENT =
            ThreadLocal.withInitial(() -> new @Nullable Object[] {new long[3], null, null});

    private Ambient() {}

    static @Nullable Object[] current() {
        return CURRENT.get();
    }

    static long[] ids(@Nullable Object[] ambient) {
        return (long[]) java.util.Objects.requireNonNull(ambient[IDS]);
    }

    static @Nullable String principal(@Nullable Object[] ambient) {
        return (String) ambient[PRINCIPAL];
    }

    static void principal(@Nullable Object[] ambient, @Nullable String principal) {
        ambient[PRINCIPAL] = principal;
    }

    /** The timing of the request that the thread works for; null if it works for none. */
    static @Nullable Timing request(@Nullable Object[] ambient) {
        return (Timing) ambient[REQUEST];
    }

    static void request(@Nullable Object[] ambient, @Nullable Timing request) {
        ambient[REQUEST] = request;
    }
}
