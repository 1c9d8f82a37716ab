package org.ergograph.notify;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells which troubles are worth a line in the log: those that are new or have changed, and once an hour those that last. What is
 * tried every second would fill the log otherwise. Thread-safe.
 */
final class Troubles {
    private static final long PAUSE_NANOS = Duration.ofHours(1).toNanos();
    private static final int MOST = 1_000;

    private record Noted(String what, long nanos) {}

    private final Map<String, Noted> noted = new LinkedHashMap<>();

    /**
     * @param about what has the trouble
     * @param nanos now on the monotonic clock
     */
    synchronized boolean isNews(String about, String what, long nanos) {
        Noted before = noted.get(about);
        if (before != null && before.what().equals(what) && nanos - before.nanos() < PAUSE_NANOS) {
            return false;
        }
        noted.remove(about);
        noted.put(about, new Noted(what, nanos));
        if (noted.size() > MOST) {
            noted.remove(noted.keySet().iterator().next());
        }
        return true;
    }
}
