package org.ergograph.alert.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {
    @ParameterizedTest(name = "{0} has {1} {2}: {3}")
    @CsvSource({
        "system, http, GET /x, true",
        "system, admin, anything, true",
        "automation, workflow, w/s, true",
        "automation, tool, w/s, false",
        "macro, tool, search, true",
        "macro, mcp, search, false",
        "tool, tool, search, true",
        "tool, http, search, false",
        "tool:search, tool, search, true",
        "tool:search, tool, searches, false",
        "tool:search, tool, research, false",
        "tool:search, mcp, search, false",
        "macro:search, tool, search, true",
        "tool:search*, tool, searches, true",
        "tool:*search, tool, research, true",
        "tool:*search, tool, searches, false",
        "tool:*, tool, anything, true",
        "tool:a*b*c, tool, aXbXbXc, true",
        "tool:a*b*c, tool, aXcXb, false",
        "tool:a**b, tool, ab, true",
        "tool:a*, tool, a, true",
        "external:*/(check), external, files/(check), true",
        "external:*/(check), external, files/read, false",
        "external:files/*, external, files/a:b, true",
        "http:GET /x:y, http, GET /x:y, true"
    })
    void scopeHasSeries(String scope, String kind, String name, boolean has) {
        assertThat(new Scope(scope).matches(kind, name)).isEqualTo(has);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "everything", "tool:", "system:x", ":x", "Tool", "specific"})
    void whatIsNoScopeIsRefused(String text) {
        assertThatThrownBy(() -> new Scope(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be system, automation, macro, or one of http");
    }

    @Test
    void longestScopeIsTaken() {
        assertThat(new Scope("tool:" + "x".repeat(Scope.MAX_LENGTH - 5))).isNotNull();
        assertThatThrownBy(() -> new Scope("tool:" + "x".repeat(Scope.MAX_LENGTH - 4)))
                .hasMessage("scope has 301 characters: must have at most 300");
    }

    @Test
    void manyStarsTakeNoTimeThatGrowsWithTheirNumber() {
        long start = System.nanoTime();
        assertThat(new Scope("tool:" + "*a".repeat(100) + "b").matches("tool", "a".repeat(200)))
                .isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }
}
