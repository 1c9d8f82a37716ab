package org.ergograph.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ergograph.alert.Alert;
import org.ergograph.alert.AlertState.Firing;
import org.ergograph.alert.Notice;
import org.ergograph.alert.Recent;
import org.ergograph.alert.Rule;
import org.ergograph.alert.ShippedRules;
import org.ergograph.alert.condition.Subject;
import org.ergograph.alert.condition.Verdict;
import org.ergograph.alert.condition.Verdict.Outcome;
import org.ergograph.alert.routing.Occasion;
import org.ergograph.notify.delivery.channel.AlertMessage;
import org.ergograph.observation.NodeIdentity;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private final MovableTime time = new MovableTime();
    private final Messages messages = new Messages(
            new AlertingSettings(true, Duration.ofSeconds(1), "test", "", Duration.ofDays(30)),
            new NodeIdentity("n", "1", 0),
            time);

    @Test
    void alertWhoseTemplateCannotBeUsedIsToldInTheUsualSentence() {
        AlertMessage message = messages.of(alert("{nope} is {value"), Occasion.FIRING, time.now());
        assertThat(message.text()).startsWith("it is so");
        assertThat(message.rule()).isEqualTo("watchdog");
    }

    @Test
    void templateThatCanBeUsedIs() {
        assertThat(messages.of(alert("my {rule}"), Occasion.FIRING, time.now()).text())
                .startsWith("my watchdog");
    }

    private Alert alert(String template) {
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
                "a1",
                rule,
                Subject.ALL,
                Map.of(),
                new Firing(time.now()),
                Recent.NONE,
                Verdict.without(Outcome.MET, "it is so"),
                time.now(),
                null,
                Set.of(),
                Set.of(),
                null);
    }
}
