package org.ergograph.gateway;

import dev.failsafe.Bulkhead;
import dev.failsafe.CircuitBreaker;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Lets calls through to one upstream server, or not: only so many at once, and none while it has just failed again and again.
 * Never waits. Thread-safe.
 */
final class Guard {
    /** Why a call was not let through. */
    enum Refusal {
        /** As many calls as allowed are under way. */
        BULKHEAD("bulkhead"),
        /** The server has failed too often just now. */
        CIRCUIT_OPEN("circuit_open");

        private final String label;

        Refusal(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    private final CircuitBreaker<Object> breaker;
    private final Bulkhead<Object> bulkhead;
    private final int limit;
    private final AtomicInteger inUse = new AtomicInteger();
    private final LongAdder full = new LongAdder();
    private final LongAdder open = new LongAdder();

    Guard(GatewaySettings settings) {
        this.limit = settings.concurrent();
        this.bulkhead = Bulkhead.of(limit);
        this.breaker = CircuitBreaker.builder()
                .withFailureThreshold(settings.breakerFailures(), settings.breakerCalls())
                .withDelay(settings.breakerDelay())
                .withSuccessThreshold(1)
                .build();
    }

    /** Empty if the call may go; then {@link #leave} has to follow. */
    Optional<Refusal> enter() {
        if (!bulkhead.tryAcquirePermit()) {
            full.increment();
            return Optional.of(Refusal.BULKHEAD);
        }
        if (!breaker.tryAcquirePermit()) {
            bulkhead.releasePermit();
            open.increment();
            return Optional.of(Refusal.CIRCUIT_OPEN);
        }
        inUse.incrementAndGet();
        return Optional.empty();
    }

    /** The call has ended. */
    void leave(Outcome outcome) {
        inUse.decrementAndGet();
        bulkhead.releasePermit();
        switch (outcome) {
            case TIMEOUT, TRANSPORT -> breaker.recordFailure();
            case CANCELLED -> {
                // Says nothing of the server; but a trial that was given up has proved nothing.
                if (breaker.isHalfOpen()) {
                    breaker.recordFailure();
                }
            }
            default -> breaker.recordSuccess();
        }
    }

    /**
     * A check has found that the server can be reached.
     *
     * @param undisputed whether no call has failed since the check before: then calls go freely again, else the next one is a
     *     trial
     */
    void reachable(boolean undisputed) {
        if (undisputed) {
            breaker.close();
        } else if (breaker.isOpen()) {
            breaker.halfOpen();
        }
    }

    /** {@code closed}, {@code open} or {@code half_open}. */
    String state() {
        return switch (breaker.getState()) {
            case CLOSED -> "closed";
            case OPEN -> "open";
            case HALF_OPEN -> "half_open";
        };
    }

    boolean closed() {
        return breaker.isClosed();
    }

    /** How many calls are under way. */
    int inUse() {
        return inUse.get();
    }

    /** How many calls may be under way at once. */
    int limit() {
        return limit;
    }

    /** How many calls were not let through for this reason. */
    long refused(Refusal refusal) {
        return (refusal == Refusal.BULKHEAD ? full : open).sum();
    }
}
