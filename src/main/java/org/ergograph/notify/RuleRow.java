package org.ergograph.notify;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import org.ergograph.alert.Rule;
import org.ergograph.web.JsonBody;

/** A rule in the database. Not thread-safe. */
@Entity
@Table(name = "alert_rule")
@SuppressWarnings("NullAway.Init") // filled by the persistence provider
class RuleRow extends Definition {
    private String name;
    String severity;
    boolean enabled;
    private boolean shipped;

    protected RuleRow() {}

    /** @param shipped whether it came with the product */
    RuleRow(String id, boolean shipped, Rule rule, Instant now) {
        super(id, now);
        this.shipped = shipped;
        change(rule, now);
    }

    final void change(Rule rule, Instant now) {
        name = rule.name();
        severity = rule.severity().word();
        enabled = rule.enabled();
        define(RuleJson.definition(rule).build().toString(), now);
    }

    @Override
    String name() {
        return name;
    }

    @Override
    boolean shipped() {
        return shipped;
    }

    /** @throws org.ergograph.web.ProblemException if this version of the application does not understand it */
    Rule rule() {
        // What was accepted once stays valid whatever the bounds and channels are now.
        Rule read = RuleJson.read(JsonBody.parse(definition()), Duration.ofSeconds(1), channel -> true);
        return new Rule(
                id(),
                version(),
                read.name(),
                read.severity(),
                read.severityWord(),
                read.enabled(),
                read.query(),
                read.timing(),
                read.notice(),
                read.labels(),
                shipped);
    }
}
