package org.ergograph.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentSchemaTest {
    private static final ArgumentSchema SCHEMA = new ArgumentSchemas()
            .compile(ToolDefinition.of("watch", "test", "Watch", "For tests.", """
                {"type":"object","additionalProperties":false,"required":["scope"],"properties":{
                  "scope":{"type":"string","enum":["system","macro"]},
                  "target":{"type":"string","minLength":1,"maxLength":200},
                  "types":{"type":"array","items":{"enum":["cpu","disk"]},"minItems":1,"uniqueItems":true},
                  "interval":{"type":"number","minimum":0.1,"maximum":60},
                  "count":{"type":"integer","minimum":1},
                  "past":{"type":"boolean"},
                  "limits":{"type":"object","additionalProperties":false,"properties":{"cpu":{"type":"number"}}},
                  "code":{"type":"string","pattern":"^[a-z]+$"},
                  "odd":{"not":{"const":3}}}}""", null, Hints.READ_ONLY));

    private static String fault(String arguments) {
        return String.valueOf(SCHEMA.fault(new FakeCall("watch", arguments).arguments()));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"interval\":0.05}        | interval is 0.05: must be a number from 0.1 to 60",
                "{\"interval\":\"1\"}       | interval is '1': must be a number from 0.1 to 60",
                "{\"count\":0}              | count is 0: must be a whole number of at least 1",
                "{\"count\":1.5}            | count is 1.5: must be a whole number of at least 1",
                "{\"scope\":\"sys\"}        | scope is 'sys': must be one of system, macro",
                "{\"scope\":null}           | scope is null: must be one of system, macro",
                "{\"target\":\"\"}          | target is '': must be a text of 1 to 200 characters",
                "{\"types\":[]}             | types is an array of 0: must be an array of at least 1 items, each one of cpu, disk, none twice",
                "{\"types\":[\"cpu\",\"x\"]}| types.1 is 'x': must be one of cpu, disk",
                "{\"past\":\"yes\"}         | past is 'yes': must be true or false",
                "{\"limits\":{\"cpu\":\"h\"}} | limits.cpu is 'h': must be a number",
                "{\"limits\":{\"disk\":1}}  | limits.disk is no parameter of watch: must be one of cpu",
                "{\"code\":\"A1\"}          | code is 'A1': must be a text that matches ^[a-z]+$",
            })
    void faultSaysWhichParameterItsValueAndWhatIsAllowed(String arguments, String told) {
        String with = arguments.contains("\"scope\"") ? arguments : "{\"scope\":\"macro\"," + arguments.substring(1);

        assertThat(fault(with)).isEqualTo(told);
    }

    @Test
    void rightArgumentsHaveNoFault() {
        assertThat(SCHEMA.fault(
                        new FakeCall("watch", "{\"scope\":\"system\",\"interval\":0.1,\"count\":1.0}").arguments()))
                .isNull();
        assertThat(SCHEMA.fault(new FakeCall("watch", "{\"scope\":\"system\",\"interval\":60}").arguments()))
                .isNull();
    }

    @Test
    void whatIsMissingIsNamedWithWhatItMustBe() {
        assertThat(fault("{}")).isEqualTo("scope is missing: must be one of system, macro");
    }

    @Test
    void unknownParameterIsAnsweredWithTheKnownOnes() {
        assertThat(fault("{\"scope\":\"system\",\"scop\":1}"))
                .isEqualTo("scop is no parameter of watch: must be one of scope, target, types, interval, count, past,"
                        + " limits, code, odd");
    }

    @Test
    void severalFaultsAreToldTogetherAndTheRestCounted() {
        assertThat(fault("{\"scope\":1,\"interval\":0}"))
                .contains("scope is 1")
                .contains("; ")
                .contains("interval is 0");
        assertThat(fault("{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"scope\":1}"))
                .endsWith("; and 2 more");
    }

    @Test
    void ruleThatThereAreNoWordsForIsToldInTheLibrarysWords() {
        assertThat(fault("{\"scope\":\"system\",\"odd\":3}")).startsWith("odd is 3: ");
    }

    @Test
    void whatWasSentIsShownShortAndWithoutControlCharacters() {
        assertThat(fault("{\"scope\":\"a\\n\\u001b[31m\\u202e" + "x".repeat(500) + "\"}"))
                .startsWith("scope is 'a__[31m_xxx")
                .endsWith("...': must be one of system, macro")
                .hasSizeLessThan(150);
        assertThat(fault("{\"scope\":\"system\",\"b\\u0000" + "y".repeat(500) + "\":1}"))
                .startsWith("b_yyy")
                .hasSizeLessThan(250);
    }
}
