package org.ergograph.history;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import org.ergograph.history.names.TermRow;

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

    /** The number of a {@link org.ergograph.history.names.SeriesRow}. */
    int series;

    /** -1 if unknown. */
    @Column(name = "request_bytes")
    long requestBytes;

    /** -1 if unknown. */
    @Column(name = "response_bytes")
    long responseBytes;

    int node;

    /** The HTTP status code, 0 where there is none. */
    int status;

    /** The number of a {@link TermRow}, {@link TermRow#NONE} if it succeeded. */
    @Column(name = "error_type")
    int errorType;

    /** The number of a {@link TermRow}, {@link TermRow#NONE} if anonymous. */
    int principal;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields in
    AuditRow() {}
}
