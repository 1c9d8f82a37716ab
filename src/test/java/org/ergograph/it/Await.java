package org.ergograph.it;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Waits for a condition of a running server, with a deadline. */
public final class Await {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private Await() {}

    /**
     * Reads again and again until what was read is wanted.
     *
     * @throws AssertionError after a minute, with what was read last
     */
    public static <T> T until(String what, Callable<T> read, Predicate<T> wanted) throws Exception {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        T value = read.call();
        while (!wanted.test(value)) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within " + DEADLINE + ": " + what + "; last was " + shortened(value));
            }
            TimeUnit.MILLISECONDS.sleep(100);
            value = read.call();
        }
        return value;
    }

    /** Waits until something holds, and tells whether it did within the time. */
    static boolean within(Duration limit, Callable<Boolean> holds) throws Exception {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!holds.call()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return true;
    }

    private static String shortened(Object value) {
        String text = String.valueOf(value);
        return text.length() > 2_000 ? text.substring(0, 2_000) + "..." : text;
    }
}
