package org.ergograph.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class QueryParametersTest {
    private static QueryParameters given(String name, String... values) {
        return new QueryParameters(Map.of(name, List.of(values)));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                row("page size 0", "limit", "0", q -> q.limit(50, 500)),
                row("page size of a million", "limit", "1000000", q -> q.limit(50, 500)),
                row("page size beyond int", "limit", "99999999999999", q -> q.limit(50, 500)),
                row("page size in words", "limit", "ten", q -> q.limit(50, 500)),
                row("a moment without offset", "from", "2026-01-01T00:00:00", q -> q.instant("from")),
                row("a day", "from", "2026-01-01", q -> q.instant("from")),
                row("a moment before 1970", "from", "1969-12-31T23:59:59Z", q -> q.instant("from")),
                row("a moment beyond any calendar", "from", "+999999999-01-01T00:00:00Z", q -> q.instant("from")),
                row("a negative duration", "min", "PT-1S", q -> q.duration("min", Duration.ofHours(1))),
                row("a duration too long", "min", "PT2H", q -> q.duration("min", Duration.ofHours(1))),
                row(
                        "a duration beyond long",
                        "min",
                        "P999999999999999999D",
                        q -> q.duration("min", Duration.ofHours(1))),
                row("a word not on the list", "status", "up", q -> q.oneOf("status", List.of("active"))),
                row("long text", "tag", "x".repeat(65), q -> q.text("tag", 64)),
                row("text of two lines", "tag", "a\tb", q -> q.text("tag", 64)),
                row("neither true nor false", "all", "yes", q -> q.bool("all", false)),
                row("a forged cursor", "cursor", "AAAA", q -> q.cursor("servers", 1)),
                row("a parameter nobody asked for", "colour", "red", q -> q.limit(50, 500)));
    }

    private static Arguments row(String fact, String name, String value, Consumer<QueryParameters> read) {
        return Arguments.of(fact, name, value, read);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refused(String fact, String name, String value, Consumer<QueryParameters> read) {
        QueryParameters query = given(name, value);
        read.accept(query);
        Problem problem =
                catchThrowableOfType(ProblemException.class, query::check).problem();
        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.errors()).singleElement().satisfies(fault -> {
            assertThat(fault.field()).isEqualTo(name);
            assertThat(fault.value()).isEqualTo(value.replace('\t', '_'));
            assertThat(fault.allowed()).isNotBlank();
        });
    }

    @Test
    void readsEveryType() {
        QueryParameters query = new QueryParameters(Map.of(
                "limit", List.of("500"),
                "from", List.of("2026-01-31T12:00:00Z"),
                "to", List.of("2026-01-31T14:00:00 01:00"),
                "min", List.of("PT0.5S"),
                "all", List.of("true"),
                "empty", List.of(""),
                "cursor", List.of(Cursor.encode("servers", "a", "b"))));
        assertThat(query.limit(50, 500)).isEqualTo(500);
        assertThat(query.instant("from")).isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
        assertThat(query.instant("to")).isEqualTo(Instant.parse("2026-01-31T13:00:00Z"));
        assertThat(query.duration("min", Duration.ofSeconds(1))).isEqualTo(Duration.ofMillis(500));
        assertThat(query.bool("all", false)).isTrue();
        assertThat(query.text("empty", 10)).isNull();
        assertThat(query.cursor("servers", 2)).containsExactly("a", "b");
        query.check();
    }

    @Test
    void rangeUpsideDownIsRefusedAndAnEmptyOneIsNot() {
        Instant noon = Instant.parse("2026-01-31T12:00:00Z");
        QueryParameters query = new QueryParameters(Map.of());
        query.ordered("from", noon, "to", noon);
        query.ordered("from", noon, "to", null);
        query.check();
        query.ordered("from", noon.plusNanos(1), "to", noon);
        assertThat(catchThrowableOfType(ProblemException.class, query::check)
                        .problem()
                        .detail())
                .isEqualTo("from is '2026-01-31T12:00:00.000000001Z': must be not after to (2026-01-31T12:00:00Z)");
    }

    @Test
    void parameterGivenTwiceIsRefused() {
        QueryParameters query = given("limit", "1", "2");
        query.limit(50, 500);
        assertThat(catchThrowableOfType(ProblemException.class, query::check)
                        .problem()
                        .detail())
                .isEqualTo("limit is '1, 2': must be given once");
    }
}
