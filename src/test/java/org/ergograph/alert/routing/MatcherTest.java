package org.ergograph.alert.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ergograph.alert.routing.Matcher.Operator;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MatcherTest {
    private static final Map<String, String> LABELS = Map.of("tool", "search", "empty", "");

    @ParameterizedTest
    @CsvSource({
        "tool, EQUAL, search, true",
        "tool, EQUAL, Search, false",
        "tool, NOT_EQUAL, search, false",
        "tool, NOT_EQUAL, find, true",
        "tool, MATCHES, sea.*, true",
        "tool, MATCHES, ear, false",
        "tool, MATCHES, find|search, true",
        "tool, MATCHES_NOT, sea.*, false",
        "tool, MATCHES_NOT, ear, true",
        "none, EQUAL, '', true",
        "none, NOT_EQUAL, '', false",
        "none, NOT_EQUAL, search, true",
        "none, MATCHES, .*, true",
        "none, MATCHES, .+, false",
        "empty, EQUAL, '', true",
    })
    void labelMatches(String label, Operator operator, String value, boolean matches) {
        assertThat(Matcher.of(label, operator, value).matches(LABELS)).isEqualTo(matches);
    }

    @Test
    void allHaveToMatch() {
        Matcher tool = Matcher.of("tool", Operator.EQUAL, "search");
        Matcher other = Matcher.of("node", Operator.EQUAL, "a");

        assertThat(Matcher.all(List.of(tool), LABELS)).isTrue();
        assertThat(Matcher.all(List.of(tool, other), LABELS)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'', EQUAL, x, the label of a matcher is empty",
        "tool, MATCHES, a(, 'the expression for tool is none: missing closing ): a('",
        "tool, MATCHES_NOT, a{1001}, 'the expression for tool repeats 1001 times: must be at most 1000 in all'",
        "tool, MATCHES, '((a{100}){100}){100}', 'the expression for tool repeats 10000 times: must be at most 1000 in all'",
        "tool, MATCHES, '(a{2,100}){11,}', 'the expression for tool repeats 1100 times: must be at most 1000 in all'",
    })
    void whatCannotMatchIsRefused(String label, Operator operator, String value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Matcher.of(label, operator, value))
                .withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\d{4}-\\d{2}-\\d{2}", "a{1000}", "(a{0}){1000}", "(a{10,100}){10}", "x{,5}"})
    void someRepetitionIsTaken(String expression) {
        assertThatNoException().isThrownBy(() -> Matcher.of("tool", Operator.MATCHES, expression));
    }

    @Test
    void bracesOfATextAreNoRepetition() {
        assertThat(Matcher.of("tool", Operator.EQUAL, "{5000}").matches(Map.of("tool", "{5000}")))
                .isTrue();
    }

    @Test
    void valueIsBounded() {
        assertThatNoException().isThrownBy(() -> Matcher.of("tool", Operator.EQUAL, "x".repeat(1000)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Matcher.of("tool", Operator.EQUAL, "x".repeat(1001)))
                .withMessage("the value for tool has 1001 characters: must be at most 1000");
    }

    @Test
    void expressionThatBacktracksElsewhereIsLinear() {
        Matcher hostile = Matcher.of("tool", Operator.MATCHES, "(a*)*(a*)*(a|a)*b");

        boolean matches = Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> hostile.matches(Map.of("tool", "a".repeat(20_000))));

        assertThat(matches).isFalse();
    }

    @Test
    void operatorsAreThoseOfAlertmanager() {
        assertThat(List.of(
                        Operator.of(false, true),
                        Operator.of(false, false),
                        Operator.of(true, true),
                        Operator.of(true, false)))
                .containsExactly(Operator.values());
        assertThat(List.of(Operator.values()))
                .allSatisfy(operator -> assertThat(Operator.of(operator.isRegex(), operator.isEqual()))
                        .isEqualTo(operator));
    }

    @Test
    void sameMatchersAreEqual() {
        Matcher matcher = Matcher.of("tool", Operator.MATCHES, "a\"\\d");

        assertThat(matcher)
                .isEqualTo(Matcher.of("tool", Operator.MATCHES, "a\"\\d"))
                .hasSameHashCodeAs(Matcher.of("tool", Operator.MATCHES, "a\"\\d"))
                .isNotEqualTo(Matcher.of("tool", Operator.MATCHES_NOT, "a\"\\d"))
                .isNotEqualTo(Matcher.of("tools", Operator.MATCHES, "a\"\\d"))
                .isNotEqualTo(Matcher.of("tool", Operator.MATCHES, "a"))
                .isNotEqualTo("tool")
                .hasToString("tool=~\"a\\\"\\\\d\"");
        assertThat(matcher.hashCode()).isNotZero();
        assertThat(List.of(matcher.label(), matcher.operator().sign(), matcher.value()))
                .containsExactly("tool", "=~", "a\"\\d");
    }
}
