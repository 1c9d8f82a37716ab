package org.ergograph.health;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.ergograph.history.AuditState;
import org.ergograph.history.AuditWriter;

/** Checks that audit records are written, and that there is room for more. */
@Singleton
class AuditProbe implements HealthProbe {
    static final double HALF_FULL = 0.5;

    private final AuditWriter writer;
    private final AtomicLong lostBefore = new AtomicLong();

    @Inject
    AuditProbe(AuditWriter writer) {
        this.writer = writer;
    }

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public Finding check() {
        AuditState state = writer.state();
        long lost = state.rejected() + state.dropped();
        return judge(state, lost - lostBefore.getAndSet(lost));
    }

    /** @param lost how many records were lost since the check before */
    static Finding judge(AuditState state, long lost) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("waiting", state.waiting());
        metadata.put("capacity", state.capacity());
        metadata.put("lagSeconds", state.lagSeconds());
        metadata.put("written", state.written());
        metadata.put("rejected", state.rejected());
        metadata.put("dropped", state.dropped());
        if (lost > 0) {
            return new Finding(
                    HealthState.UNHEALTHY, lost + " audit records were lost since the check before", metadata, "lost");
        }
        String failure = state.failure();
        if (failure != null) {
            return new Finding(
                    HealthState.DEGRADED, "the database takes no audit records; they wait", metadata, failure);
        }
        if (state.fill() >= HALF_FULL) {
            return new Finding(HealthState.DEGRADED, "the audit queue is half full or more", metadata, "backlog");
        }
        return new Finding(HealthState.HEALTHY, "audit records are written", metadata, null);
    }
}
