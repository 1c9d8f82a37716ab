package org.ergograph.outbound;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** Room for so many requests in all, and to each host. Thread-safe. */
final class Places {
    private final int perHost;
    private final Semaphore total;
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();

    Places(ExchangeSettings settings) {
        this.perHost = settings.perHost();
        this.total = new Semaphore(settings.concurrent());
    }

    /** Takes a place if there is one. */
    boolean take(String host) {
        if (!total.tryAcquire()) {
            return false;
        }
        boolean[] fits = new boolean[1];
        taken.compute(host, (key, count) -> {
            int now = count == null ? 0 : count;
            fits[0] = now < perHost;
            return fits[0] ? Integer.valueOf(now + 1) : count;
        });
        if (!fits[0]) {
            total.release();
        }
        return fits[0];
    }

    void free(String host) {
        taken.computeIfPresent(host, (key, count) -> count == 1 ? null : count - 1);
        total.release();
    }
}
