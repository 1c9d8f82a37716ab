package org.ergograph.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ETagsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            nullValues = "null",
            value = {
                "the current version|\"3\"|0",
                "any version|*|0",
                "the current one in a list|\"1\", \"3\"|0",
                "a list without blanks|\"1\",\"3\"|0",
                "another version|\"2\"|412",
                "a weak tag never matches|W/\"3\"|412",
                "a weak tag in a list|W/\"3\", \"2\"|412",
                "a comma within a tag|\"3,\"|412",
                "without the header|null|428",
                "with an empty header||428",
                "without quotes|3|400",
                "with one quote|\"3|400",
                "two tags without a comma|\"3\" \"4\"|400",
                "any version in a list|\"3\", *|400",
            })
    void versionThree(String fact, String header, int status) {
        ProblemException e = catchThrowableOfType(ProblemException.class, () -> ETags.require(header, 3));
        assertThat(e == null ? 0 : e.problem().status()).as(fact).isEqualTo(status);
    }
}
