package org.ergograph.notify;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.ergograph.alert.Acknowledgement;
import org.ergograph.alert.Alert;
import org.ergograph.alert.AlertState.Resolved;
import org.jspecify.annotations.Nullable;

/**
 * An alert in the database. What people said is written by requests, everything else by the node that evaluates; each writes its
 * own columns only. Not thread-safe.
 */
@Entity
@Table(name = "alert")
@SuppressWarnings("NullAway.Init") // filled by the persistence provider
class AlertRow {
    @Id
    String id;

    @Column(name = "rule_id")
    String ruleId;

    @Column(name = "rule_name")
    String ruleName;

    String severity;
    String state;

    @Column(name = "open_key")
    @Nullable
    String openKey;

    String labels;
    String details;

    @Column(name = "opened_at")
    OffsetDateTime openedAt;

    @Column(name = "fired_at")
    @Nullable
    OffsetDateTime firedAt;

    @Column(name = "closed_at")
    @Nullable
    OffsetDateTime closedAt;

    @Column(name = "updated_at")
    OffsetDateTime updatedAt;

    int hand;

    @Nullable
    String owner;

    @Column(name = "owner_comment")
    @Nullable
    String ownerComment;

    @Column(name = "owned_at")
    @Nullable
    OffsetDateTime ownedAt;

    @Column(name = "owned_until")
    @Nullable
    OffsetDateTime ownedUntil;

    @Column(name = "resolved_by")
    @Nullable
    String resolvedBy;

    @Column(name = "resolve_comment")
    @Nullable
    String resolveComment;

    protected AlertRow() {}

    /** A new one. */
    AlertRow(Alert alert, Instant now) {
        id = alert.id();
        ruleId = alert.rule().id();
        openedAt = Definition.moment(alert.state().since());
        become(alert, now);
    }

    /** Takes over everything that the node that evaluates knows of it. */
    final void become(Alert alert, Instant now) {
        boolean over = alert.state() instanceof Resolved;
        ruleName = alert.rule().name();
        severity = alert.rule().severity().word();
        state = alert.state().word();
        openKey = over ? null : AlertKey.of(alert).column();
        labels = AlertJson.labels(alert.labels()).toString();
        details = AlertJson.details(alert).toString();
        Instant fired = alert.firedAt();
        firedAt = fired == null ? null : Definition.moment(fired);
        closedAt = over ? Definition.moment(alert.state().since()) : null;
        updatedAt = Definition.moment(now);
    }

    /** What somebody who takes care of it said; null if nobody does. */
    @Nullable
    Acknowledgement acknowledgement() {
        if (owner == null || ownedAt == null) {
            return null;
        }
        return new Acknowledgement(
                owner,
                ownerComment == null ? "" : ownerComment,
                ownedAt.toInstant(),
                ownedUntil == null ? null : ownedUntil.toInstant());
    }
}
