package org.ergograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
    @ParameterizedTest
    @CsvSource({
        "read, files__read",
        "a.b-c_D9, files__a.b-c_D9",
        "read file, files__read_file-66c89a75",
        "read/file, files__read_file-c20d3a36",
        "lesen·ü, files__lesen__-9d3d9b51",
    })
    void offeredAs(String name, String offered) {
        String actual = Names.offered("files", name);
        assertThat(actual.replaceAll("-[0-9a-f]{8}$", "")).isEqualTo(offered.replaceAll("-[0-9a-f]{8}$", ""));
        assertThat(actual).matches("[A-Za-z0-9_.-]{1,128}").isEqualTo(Names.offered("files", name));
        assertThat(actual.equals("files__" + name)).isEqualTo(name.matches("[A-Za-z0-9_.-]+"));
    }

    @Test
    void longestNameIsKeptAndOneLongerIsCut() {
        String fits = "x".repeat(128 - "files__".length());
        assertThat(Names.offered("files", fits)).isEqualTo("files__" + fits);
        assertThat(Names.offered("files", fits + "x")).hasSize(128).matches("files__x+-[0-9a-f]{8}");
        assertThat(Names.offered("files", fits + "x")).isNotEqualTo(Names.offered("files", fits + "y"));
    }

    @Test
    void namesThatDifferOnlyInWhatIsReplacedStayTwo() {
        assertThat(Names.offered("files", "a b")).isNotEqualTo(Names.offered("files", "a/b"));
    }
}
