package org.ergograph.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    private static Arguments of(String json) {
        return new Arguments(new FakeCall("t", json).arguments());
    }

    @Test
    void whatIsGivenIsRead() {
        Arguments given =
                of("{\"a\":\"x\",\"b\":1.5,\"c\":7,\"d\":true,\"e\":[\"p\",\"q\"],\"f\":{\"cpu\":80,\"memory\":0.5}}");

        assertThat(given.text("a")).isEqualTo("x");
        assertThat(given.number("b", 0)).isEqualTo(1.5);
        assertThat(given.integer("c", 0)).isEqualTo(7);
        assertThat(given.flag("d", false)).isTrue();
        assertThat(given.texts("e", List.of())).containsExactly("p", "q");
        assertThat(given.numbers("f")).containsExactly(Map.entry("cpu", 80.0), Map.entry("memory", 0.5));
    }

    @Test
    void whatIsNotGivenOrNullHasItsDefault() {
        for (Arguments none : List.of(of("{}"), of("{\"a\":null}"))) {
            assertThat(none.text("a")).isNull();
            assertThat(none.text("a", "x")).isEqualTo("x");
            assertThat(none.number("a", 1.5)).isEqualTo(1.5);
            assertThat(none.integer("a", 7)).isEqualTo(7);
            assertThat(none.flag("a", true)).isTrue();
            assertThat(none.texts("a", List.of("p"))).containsExactly("p");
            assertThat(none.numbers("a")).isEmpty();
        }
    }
}
