package org.ergograph.health;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.ergograph.history.AuditState;
import org.ergograph.history.AuditWriter;

/** Checks that audit records reach the journal and the database, and that there is room for more. */
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
        metadata.put("queued", state.queued());
        metadata.put("capacity", state.capacity());
        metadata.put("lagSeconds", state.lagSeconds());
        metadata.put("journalBytes", state.journalBytes());
        metadata.put("journalMaxBytes", state.journalMaxBytes());
        metadata.put("written", state.written());
        metadata.put("spilled", state.spilled());
        metadata.put("replayed", state.replayed());
        metadata.put("rejected", state.rejected());
        metadata.put("dropped", state.dropped());
        metadata.put("sampled", state.sampled());
        if (lost > 0) {
            return new Finding(
                    HealthState.UNHEALTHY, lost + " audit records were lost since the check before", metadata, "lost");
        }
        String journal = state.journalFailure();
        String database = state.failure();
        if (journal != null && database != null) {
            return new Finding(
                    HealthState.UNHEALTHY,
                    "audit records are in memory only: neither the database nor the journal takes them",
                    metadata,
                    journal);
        }
        if (journal != null) {
            return new Finding(
                    HealthState.DEGRADED,
                    "the audit journal cannot be written; records are safe only once they are in the database",
                    metadata,
                    journal);
        }
        if (database != null) {
            return new Finding(
                    HealthState.DEGRADED,
                    "the database takes no audit records; they wait in the journal",
                    metadata,
                    database);
        }
        if (state.fill() >= HALF_FULL || state.journalFill() >= HALF_FULL) {
            return new Finding(
                    HealthState.DEGRADED, "the audit queue or journal is half full or more", metadata, "backlog");
        }
        return new Finding(HealthState.HEALTHY, "audit records are written", metadata, null);
    }
}
