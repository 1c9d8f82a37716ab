package org.ergograph.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.ergograph.alert.Alert;
import org.ergograph.alert.AlertState.Firing;
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
        return TestAlert.of("a1", template, new Firing(time.now()));
    }
}
