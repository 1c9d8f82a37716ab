package org.ergograph.notify;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.ergograph.alert.Rule;
import org.ergograph.alert.ShippedRules;

/** The rules that come with the product, as this package keeps rules. */
final class Shipped {
    private Shipped() {}

    static List<RuleRow> rows(Instant now) {
        return ShippedRules.all().stream()
                .map(rule -> new RuleRow(rule.id(), true, rule, now))
                .toList();
    }

    /** All that is known before the database was read. */
    static Known known() {
        return new Known(byId(), Set.of(), List.of(), List.of());
    }

    private static Map<String, Rule> byId() {
        return ShippedRules.all().stream().collect(Collectors.toMap(Rule::id, rule -> rule));
    }
}
