package org.ergograph.monitor;

import java.util.concurrent.atomic.AtomicLong;

/** A number that is set and changed, 0 at first. Thread-safe. */
final class Level {
    private final AtomicLong bits = new AtomicLong();

    void set(double value) {
        bits.set(Double.doubleToRawLongBits(value));
    }

    void add(double change) {
        bits.updateAndGet(before -> Double.doubleToRawLongBits(Double.longBitsToDouble(before) + change));
    }

    double value() {
        return Double.longBitsToDouble(bits.get());
    }
}
