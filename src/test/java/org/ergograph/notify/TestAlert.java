package org.ergograph.notify;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ergograph.alert.Alert;
import org.ergograph.alert.AlertState;
import org.ergograph.alert.Notice;
import org.ergograph.alert.Recent;
import org.ergograph.alert.Rule;
import org.ergograph.alert.ShippedRules;
import org.ergograph.alert.condition.Subject;
import org.ergograph.alert.condition.Verdict;
import org.ergograph.alert.condition.Verdict.Outcome;

/** Alerts that no evaluation made. */
final class TestAlert {
    private TestAlert() {}

    /** An alert of the watchdog. */
    static Alert of(String id, String template, AlertState state) {
        Rule shipped = ShippedRules.all().stream()
                .filter(rule -> rule.id().equals(ShippedRules.WATCHDOG))
                .findFirst()
                .orElseThrow();
        Rule rule = new Rule(
                shipped.id(),
                1,
                shipped.name(),
                shipped.severity(),
                shipped.severityWord(),
                true,
                shipped.query(),
                shipped.timing(),
                new Notice(List.of("log"), template, Duration.ofHours(1), Duration.ZERO),
                Map.of(),
                true);
        return new Alert(
                id,
                rule,
                Subject.ALL,
                Map.of(),
                state,
                Recent.NONE,
                Verdict.without(Outcome.MET, "it is so"),
                state.since(),
                null,
                Set.of(),
                Set.of(),
                null);
    }
}
