package org.ergograph.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Who holds and who waits for connections of a pool, counted around {@code getConnection} and {@code close}: the same on every
 * server, whoever asks. Thread-safe; costs a connection that is taken a few atomic operations.
 */
final class PoolUse {
    /** What gives a connection. */
    interface Source {
        Connection get() throws SQLException;
    }

    /** That of this application's pool. Here and not a bean, because the server makes the JPA provider. */
    static final PoolUse APPLICATION = new PoolUse(System::nanoTime);

    private final LongSupplier nanoTime;
    private final Map<Thread, Long> waitingSince = new ConcurrentHashMap<>();
    private final AtomicInteger inUse = new AtomicInteger();
    private final AtomicLong longestNanos = new AtomicLong();
    private final AtomicInteger most = new AtomicInteger();
    private volatile int mostBefore;

    PoolUse(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Takes a connection, and counts it until it is closed. */
    Connection take(Source source) throws SQLException {
        Thread thread = Thread.currentThread();
        long start = nanoTime.getAsLong();
        waitingSince.put(thread, start);
        Connection connection;
        try {
            connection = source.get();
        } finally {
            waitingSince.remove(thread);
            longestNanos.accumulateAndGet(nanoTime.getAsLong() - start, Math::max);
        }
        most.accumulateAndGet(inUse.incrementAndGet(), Math::max);
        return CountedConnection.of(connection, inUse::decrementAndGet);
    }

    /** Whether there was a connection. */
    boolean everTaken() {
        return most.get() > 0;
    }

    /** How many connections are in somebody's hands now. */
    int inUse() {
        return inUse.get();
    }

    /** How many threads wait for a connection now, the time included that it takes to open one. */
    int waiting() {
        return waitingSince.size();
    }

    /** The most connections that were in use at once in this period and the one before. */
    int most() {
        return Math.max(most.get(), mostBefore);
    }

    /** Begins a period. */
    void newPeriod() {
        mostBefore = most.getAndSet(inUse.get());
    }

    /** The longest time that a connection was waited for since {@link #forgetWaits}, those who still wait included. */
    long longestWaitNanos() {
        long longest = longestNanos.get();
        long now = nanoTime.getAsLong();
        for (long since : waitingSince.values()) {
            longest = Math.max(longest, now - since);
        }
        return longest;
    }

    /** Begins anew with the longest wait. */
    void forgetWaits() {
        longestNanos.set(0);
    }
}
