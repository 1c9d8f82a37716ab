package org.ergograph.history;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A row of the audit log, for queries: {@link AuditStore} writes them. */
@Entity
@Table(name = "audit")
@IdClass(AuditKey.class)
class AuditRow {
    @Id
    long id;

    @Id
    @Column(name = "started_at")
    OffsetDateTime startedAt;

    @Column(name = "duration_nanos")
    long durationNanos;

    @Column(name = "trace_id_high")
    long traceIdHigh;

    @Column(name = "trace_id_low")
    long traceIdLow;

    @Column(name = "series_id")
    long seriesId;

    @Column(name = "request_bytes")
    @Nullable
    Long requestBytes;

    @Column(name = "response_bytes")
    @Nullable
    Long responseBytes;

    int node;

    /** The HTTP status code, 0 where there is none. */
    int status;

    /** Null if it succeeded. */
    @Column(name = "error_type")
    @Nullable
    String errorType;

    @Nullable
    String principal;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields in
    AuditRow() {}
}
