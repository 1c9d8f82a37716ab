package org.ergograph.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.ergograph.alert.condition.Condition;
import org.ergograph.alert.condition.Query;
import org.ergograph.alert.condition.Scope;
import org.ergograph.alert.condition.Subject;
import org.ergograph.alert.condition.Verdict;
import org.ergograph.alert.condition.Verdict.Outcome;
import org.jspecify.annotations.Nullable;

/** Rules and alerts for tests; each method gives another one that differs in one thing. */
public final class Samples {
    /** When the alert that tests begin with began to fire. */
    public static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    /** At once, resolved at once. */
    public static final RuleTiming AT_ONCE =
            new RuleTiming(Duration.ofMinutes(1), Duration.ZERO, Duration.ZERO, null, OnNoData.KEEP, true);

    private Samples() {}

    public static RuleTiming hold(RuleTiming timing, String hold) {
        return new RuleTiming(
                timing.evaluationPeriod(),
                Duration.parse(hold),
                timing.keepFiringFor(),
                timing.dampening(),
                timing.onNoData(),
                timing.autoResolve());
    }

    public static RuleTiming keepFiring(RuleTiming timing, String keepFiringFor) {
        return new RuleTiming(
                timing.evaluationPeriod(),
                timing.hold(),
                Duration.parse(keepFiringFor),
                timing.dampening(),
                timing.onNoData(),
                timing.autoResolve());
    }

    public static RuleTiming dampened(RuleTiming timing, Dampening dampening) {
        return new RuleTiming(
                timing.evaluationPeriod(),
                timing.hold(),
                timing.keepFiringFor(),
                dampening,
                timing.onNoData(),
                timing.autoResolve());
    }

    public static RuleTiming onNoData(RuleTiming timing, OnNoData onNoData) {
        return new RuleTiming(
                timing.evaluationPeriod(),
                timing.hold(),
                timing.keepFiringFor(),
                timing.dampening(),
                onNoData,
                timing.autoResolve());
    }

    public static RuleTiming byHand(RuleTiming timing) {
        return new RuleTiming(
                timing.evaluationPeriod(),
                timing.hold(),
                timing.keepFiringFor(),
                timing.dampening(),
                timing.onNoData(),
                false);
    }

    /** A rule that is told on email and slack, with a cooldown of 1 h and escalation after 30 min. */
    public static Rule rule(String name) {
        return rule(name, Severity.WARNING, List.of(), Map.of());
    }

    public static Rule rule(String name, Severity severity, List<String> groupBy, Map<String, String> labels) {
        return new Rule(
                name,
                1,
                name,
                severity,
                severity.word(),
                true,
                new Query(Condition.parse("p95 > 1.0"), null, Scope.SYSTEM, groupBy, Duration.ofMinutes(5), 1, null),
                AT_ONCE,
                new Notice(List.of("email", "slack"), "", Duration.ofHours(1), Duration.ofMinutes(30)),
                labels,
                false);
    }

    public static Rule with(Rule rule, RuleTiming timing) {
        return new Rule(
                rule.id(),
                rule.version(),
                rule.name(),
                rule.severity(),
                rule.severityWord(),
                rule.enabled(),
                rule.query(),
                timing,
                rule.notice(),
                rule.labels(),
                rule.shipped());
    }

    public static Rule template(Rule rule, String template) {
        Notice notice = rule.notice();
        return rule.with(new Notice(notice.channels(), template, notice.cooldown(), notice.escalation()));
    }

    public static Rule escalation(Rule rule, Duration escalation) {
        Notice notice = rule.notice();
        return rule.with(new Notice(notice.channels(), notice.messageTemplate(), notice.cooldown(), escalation));
    }

    public static Rule cooldown(Rule rule, Duration cooldown) {
        Notice notice = rule.notice();
        return rule.with(new Notice(notice.channels(), notice.messageTemplate(), cooldown, notice.escalation()));
    }

    /** Fires since noon. */
    public static Alert firing(String id, Rule rule, Map<String, String> subject) {
        Subject about = new Subject(subject);
        return new Alert(
                id,
                rule,
                about,
                AlertLabels.of(rule, about),
                new AlertState.Firing(NOON),
                Recent.NONE,
                verdict(Outcome.MET),
                NOON,
                null,
                Set.of(),
                Set.of(),
                null);
    }

    public static Verdict verdict(Outcome outcome) {
        return new Verdict(
                outcome, "p95", OptionalDouble.of(1.52), OptionalDouble.of(1.0), 120, "p95 is 1.52 s, over 1 s");
    }

    public static Alert in(Alert alert, AlertState state) {
        return copy(
                alert,
                alert.rule(),
                state,
                alert.last(),
                alert.acknowledgement(),
                alert.silencedBy(),
                alert.inhibitedBy(),
                alert.firedAt(),
                alert.escalatedAt());
    }

    public static Alert of(Alert alert, Rule rule) {
        return copy(
                alert,
                rule,
                alert.state(),
                alert.last(),
                alert.acknowledgement(),
                alert.silencedBy(),
                alert.inhibitedBy(),
                alert.firedAt(),
                alert.escalatedAt());
    }

    public static Alert last(Alert alert, Verdict last) {
        return copy(
                alert,
                alert.rule(),
                alert.state(),
                last,
                alert.acknowledgement(),
                alert.silencedBy(),
                alert.inhibitedBy(),
                alert.firedAt(),
                alert.escalatedAt());
    }

    public static Alert acknowledged(Alert alert, @Nullable Instant until) {
        return copy(
                alert,
                alert.rule(),
                alert.state(),
                alert.last(),
                new Acknowledgement("ada", "on it", NOON, until),
                alert.silencedBy(),
                alert.inhibitedBy(),
                alert.firedAt(),
                alert.escalatedAt());
    }

    public static Alert silencedBy(Alert alert, String... ids) {
        return copy(
                alert,
                alert.rule(),
                alert.state(),
                alert.last(),
                alert.acknowledgement(),
                Set.of(ids),
                alert.inhibitedBy(),
                alert.firedAt(),
                alert.escalatedAt());
    }

    public static Alert hiddenBy(Alert alert, String... ids) {
        return copy(
                alert,
                alert.rule(),
                alert.state(),
                alert.last(),
                alert.acknowledgement(),
                alert.silencedBy(),
                Set.of(ids),
                alert.firedAt(),
                alert.escalatedAt());
    }

    public static Alert firedAt(Alert alert, @Nullable Instant firedAt) {
        return copy(
                alert,
                alert.rule(),
                alert.state(),
                alert.last(),
                alert.acknowledgement(),
                alert.silencedBy(),
                alert.inhibitedBy(),
                firedAt,
                alert.escalatedAt());
    }

    public static Alert escalatedAt(Alert alert, Instant escalatedAt) {
        return copy(
                alert,
                alert.rule(),
                alert.state(),
                alert.last(),
                alert.acknowledgement(),
                alert.silencedBy(),
                alert.inhibitedBy(),
                alert.firedAt(),
                escalatedAt);
    }

    private static Alert copy(
            Alert alert,
            Rule rule,
            AlertState state,
            Verdict last,
            @Nullable Acknowledgement acknowledgement,
            Set<String> silencedBy,
            Set<String> inhibitedBy,
            @Nullable Instant firedAt,
            @Nullable Instant escalatedAt) {
        return new Alert(
                alert.id(),
                rule,
                alert.subject(),
                alert.labels(),
                state,
                alert.recent(),
                last,
                firedAt,
                acknowledgement,
                silencedBy,
                inhibitedBy,
                escalatedAt);
    }
}
