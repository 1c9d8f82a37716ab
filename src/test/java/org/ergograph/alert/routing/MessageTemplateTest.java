package org.ergograph.alert.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.Map;
import org.ergograph.alert.Alert;
import org.ergograph.alert.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageTemplateTest {
    private static final Alert SLOW =
            Samples.firing("a1", Samples.rule("slow"), Map.of("tool", "search", "text", "{value}"));

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "plain, plain",
        "'{metric} is {value}, over {threshold}', 'p95 is 1.52 s, over 1 s'",
        "'{rule}: {severity} {status}', 'slow: warning firing'",
        "'{subject}', 'text=\"{value}\", tool=\"search\"'",
        "'{label.tool} {label.alertname}.', 'search slow.'",
        "'{label.none}.', '.'",
        "'{{value}} }}{{', '{value} }{'",
        "'{{{value}}}', '{1.52 s}'",
        "'{label.text}', '{value}'",
    })
    void fieldsAreFilledIn(String template, String text) {
        assertThat(MessageTemplate.parse(template).render(SLOW, "firing")).isEqualTo(text);
        assertThat(MessageTemplate.parse(template).text()).isEqualTo(template);
    }

    @ParameterizedTest
    @CsvSource({
        "'a {nothing}', 'position 3: {nothing} is not known: must be one of"
                + " [label.<name>, metric, rule, severity, status, subject, threshold, value]'",
        "'{label.}', 'position 1: {label.} is not known: must be one of"
                + " [label.<name>, metric, rule, severity, status, subject, threshold, value]'",
        "'ab{value', 'position 3: a brace is not closed; write {{ for one'",
        "'a}b', 'position 2: a brace closes none; write }} for one'",
        "'{', 'position 1: a brace is not closed; write {{ for one'",
        "'}', 'position 1: a brace closes none; write }} for one'",
    })
    void whatCannotBeFilledInIsRefused(String template, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageTemplate.parse(template))
                .withMessage(message);
    }

    @Test
    void templateIsBounded() {
        assertThatNoException().isThrownBy(() -> MessageTemplate.parse("x".repeat(1000)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageTemplate.parse("x".repeat(1001)))
                .withMessage("the template has 1001 characters: must be at most 1000");
    }
}
