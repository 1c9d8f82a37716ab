package org.ergograph.notify.delivery;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.ergograph.alert.routing.RateLimit;

/** How many messages each channel, and all of them together, may still be sent. Thread-safe. */
final class Limits {
    /** No channel is called so. */
    private static final String ALL = "";

    private final RateLimit all;
    private final Map<String, RateLimit.Left> left = new HashMap<>();

    Limits(int perMinute) {
        this.all = new RateLimit(perMinute);
    }

    /** Whether one more message may be sent to the channel now; counts it if so. */
    synchronized boolean take(String channel, int perMinute, long nowNanos) {
        RateLimit one = new RateLimit(perMinute);
        Optional<RateLimit.Left> ofChannel = one.take(left.getOrDefault(channel, one.full(nowNanos)), nowNanos);
        Optional<RateLimit.Left> ofAll = all.take(left.getOrDefault(ALL, all.full(nowNanos)), nowNanos);
        if (ofChannel.isEmpty() || ofAll.isEmpty()) {
            return false;
        }
        left.put(channel, ofChannel.get());
        left.put(ALL, ofAll.get());
        return true;
    }
}
