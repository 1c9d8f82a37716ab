package org.ergograph.notify.prometheus;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ergograph.alert.Notice;
import org.ergograph.alert.OnNoData;
import org.ergograph.alert.Rule;
import org.ergograph.alert.RuleTiming;
import org.ergograph.alert.Severity;
import org.ergograph.alert.condition.Condition;
import org.ergograph.alert.condition.Query;
import org.ergograph.alert.condition.Scope;

/** Rules for tests. */
final class Rules {
    private Rules() {}

    static Rule rule(String name, String scope, String condition) {
        return rule(
                name,
                new Query(
                        Condition.parse(condition), null, new Scope(scope), List.of(), Duration.ofMinutes(5), 1, null),
                "",
                true);
    }

    static Rule rule(String name, Query query, String template, boolean enabled) {
        return new Rule(
                "",
                0,
                name,
                Severity.WARNING,
                "medium",
                enabled,
                query,
                new RuleTiming(
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(10),
                        null,
                        OnNoData.RESOLVE,
                        true),
                new Notice(List.of("log"), template, Duration.ofHours(1), Duration.ofMinutes(30)),
                Map.of("team", "core"),
                false);
    }
}
