package org.ergograph.gateway;

import java.time.Instant;
import org.ergograph.observation.TimeSource;
import org.ergograph.registry.ServerState;
import org.jspecify.annotations.Nullable;

/** How one upstream server does, and when it is checked next. Thread-safe. */
final class LinkHealth {
    private final GatewaySettings settings;
    private final TimeSource time;
    private ServerState state = ServerState.UNKNOWN;
    private @Nullable String reason;
    private Instant since;
    private Instant lastCheck;
    private int failures;
    private long dueNanos;
    private long endedNanos;
    private long startedNanos;
    private boolean checking;

    LinkHealth(GatewaySettings settings, TimeSource time) {
        this.settings = settings;
        this.time = time;
        this.since = time.now();
        this.lastCheck = since;
        this.dueNanos = time.nanoTime();
        this.endedNanos = dueNanos - HealthRules.SOON.toNanos();
    }

    /**
     * What it is at one moment. Immutable.
     *
     * @param lastCheck the same as {@code since} if it was not checked yet
     */
    record View(ServerState state, @Nullable String reason, Instant since, Instant lastCheck) {}

    synchronized View view() {
        return new View(state, reason, since, lastCheck);
    }

    synchronized ServerState state() {
        return state;
    }

    /** Whether a check is to begin now; if so, it has begun. */
    synchronized boolean begin() {
        long now = time.nanoTime();
        boolean begins = !checking && now - dueNanos >= 0;
        if (begins) {
            checking = true;
            startedNanos = now;
        }
        return begins;
    }

    /** For how long the check that is under way has been so, in nanoseconds; 0 if there is none. */
    synchronized long checkingNanos() {
        return checking ? time.nanoTime() - startedNanos : 0;
    }

    /** Has it checked soon, because calls say something else than the last check. */
    synchronized void checkSoon() {
        long soon = Math.max(time.nanoTime(), endedNanos + HealthRules.SOON.toNanos());
        if (soon - dueNanos < 0) {
            dueNanos = soon;
        }
    }

    /**
     * A check has ended.
     *
     * @param failure why it failed; null if it did not
     * @return what is known now
     */
    synchronized View checked(@Nullable String failure, boolean circuitClosed) {
        checking = false;
        failures = failure == null ? 0 : failures + 1;
        HealthRules.Verdict verdict = HealthRules.judge(state, failure, failures, circuitClosed);
        Instant now = time.now();
        if (verdict.state() != state) {
            state = verdict.state();
            since = now;
        }
        reason = verdict.reason();
        lastCheck = now;
        endedNanos = time.nanoTime();
        dueNanos = endedNanos + HealthRules.pause(state, failures, settings).toNanos();
        return view();
    }
}
