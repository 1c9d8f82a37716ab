package org.ergograph.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("InputStreamSlowMultibyteRead") // slow is good enough here
class JsonBodyTest {
    private static JsonBody body(String json) {
        return JsonBody.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static Problem refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
        ProblemException e = catchThrowableOfType(ProblemException.class, work);
        assertThat(e).isNotNull();
        return e.problem();
    }

    @Test
    void readsEveryType() {
        JsonBody body = body("{\"name\":\"a\",\"limit\":1e2,\"on\":true,\"tags\":[\"x\",\"y\"],\"mode\":\"b\","
                + "\"timeout\":\"PT2S\",\"none\":null}");
        assertThat(body.text("name", 1, 5)).isEqualTo("a");
        assertThat(body.integer("limit", 1, 0, 100)).isEqualTo(100);
        assertThat(body.bool("on", false)).isTrue();
        assertThat(body.texts("tags", 2, 1)).containsExactly("x", "y");
        assertThat(body.oneOf("mode", "a", List.of("a", "b"))).isEqualTo("b");
        assertThat(body.duration("timeout", Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(2)))
                .isEqualTo(Duration.ofSeconds(2));
        assertThat(body.optionalText("none", 1, 5)).isNull();
        body.check();
    }

    @Test
    void everyFaultIsToldAtOnce() {
        JsonBody body = body("{\"name\":17,\"tags\":[\"ok\",{}],\"limit\":1.5,\"surprise\":[1]}");
        body.text("name", 1, 5);
        body.text("url", 1, 5);
        body.texts("tags", 5, 5);
        body.integer("limit", 1, 0, 100);
        Problem problem = refused(body::check);
        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.errors())
                .containsExactly(
                        new Problem.Fault("name", "17", "text of 1 to 5 characters, none a control character"),
                        new Problem.Fault("url", null, "text of 1 to 5 characters, none a control character"),
                        new Problem.Fault(
                                "tags[1]", "an object", "text of 1 to 5 characters, none a control character"),
                        new Problem.Fault("limit", "1.5", "a whole number from 0 to 100"),
                        new Problem.Fault("surprise", "a list of 1", "one of the fields limit, name, tags, url"));
        assertThat(problem.detail()).contains("url is missing: must be text of 1 to 5 characters");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "the limit is in|{\"n\":100}|true",
                "one above is out|{\"n\":101}|false",
                "text is no number|{\"n\":\"7\"}|false",
                "a fraction of zero is whole|{\"n\":7.0}|true",
                "an exponent without room is out|{\"n\":1e999999999}|false",
                "a tiny one is not whole|{\"n\":1e-999999999}|false",
                "a list is no number|{\"n\":[7]}|false",
            })
    void integers(String fact, String json, boolean allowed) {
        JsonBody body = body(json);
        body.integer("n", 1, 0, 100);
        if (allowed) {
            body.check();
        } else {
            assertThat(refused(body::check).errors()).as(fact).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "nothing||the body is empty",
                "blanks|   |the body is empty",
                "a list|[]|the body is no object",
                "a text|\"a\"|the body is no object",
                "cut off|{\"a\":|no well-formed JSON",
                "two objects|{} {}|no well-formed JSON",
                "a comma too many|{\"a\":1,}|no well-formed JSON",
                "a bare word|{a:1}|no well-formed JSON",
                "a byte order mark|\uFEFF{}|no well-formed JSON",
                "NaN|{\"a\":NaN}|no well-formed JSON",
                "the same field twice|{\"a\":1,\"a\":2}|a is 'given twice'",
                "the same field twice, once null|{\"a\":null,\"a\":2}|a is 'given twice'",
                "a number with an exponent too big|{\"a\":1e99999999999}|a number is out of range",
            })
    void refusesWhatIsNoJsonObject(String fact, String json, String detail) {
        Problem problem = refused(() -> body(json == null ? "" : json));
        assertThat(problem.status()).as(fact).isEqualTo(400);
        assertThat(problem.detail()).as(fact).contains(detail);
    }

    @Test
    void syntaxErrorsSayWhere() {
        assertThat(refused(() -> body("{\n  \"a\": tru\n}")).detail()).contains("line 2");
    }

    @Test
    void deepNestingIsRefusedAtTheFirstLevelTooMany() {
        assertThat(body("{\"a\":" + "[".repeat(31) + "]".repeat(31) + "}").has("a"))
                .isTrue();
        assertThat(refused(() -> body("{\"a\":" + "[".repeat(500_000))).detail())
                .contains("nested deeper than 32");
    }

    @Test
    void longNumbersAreRefusedUnparsed() {
        assertThat(refused(() -> body("{\"a\":" + "9".repeat(900_000) + "}")).detail())
                .contains("longer than 100");
    }

    @Test
    void malformedUtf8IsRefused() {
        byte[] bytes = {'{', '"', 'a', '"', ':', '"', (byte) 0xc3, '"', '}'};
        assertThat(refused(() -> JsonBody.read(new ByteArrayInputStream(bytes))).detail())
                .isEqualTo("the body is no well-formed UTF-8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {"NUL|{\"a\":\"x\\u0000\"}", "new line|{\"a\":\"x\\n\"}", "half a pair|{\"a\":\"\\ud83d\"}"})
    void textWithControlCharactersIsRefused(String fact, String json) {
        JsonBody body = body(json);
        body.text("a", 1, 10);
        assertThat(refused(body::check).errors()).as(fact).hasSize(1);
    }

    @Test
    void bodyAtTheLimitIsRead() {
        assertThat(JsonBody.read(new ByteArrayInputStream("{\"a\":1}".getBytes(StandardCharsets.UTF_8)), 7)
                        .has("a"))
                .isTrue();
    }

    @Test
    void endlessBodyIsReadOneByteBeyondTheLimitOnly() {
        AtomicLong read = new AtomicLong();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                read.incrementAndGet();
                return ' ';
            }
        };
        Problem problem = refused(() -> JsonBody.read(endless, 1000));
        assertThat(problem.status()).isEqualTo(413);
        assertThat(problem.detail()).isEqualTo("the body is longer than 1000 bytes");
        assertThat(read).hasValue(1001);
    }

    @Test
    void bodyThatBreaksOffIsABadRequest() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        };
        assertThat(refused(() -> JsonBody.read(broken)).detail()).isEqualTo("the body broke off");
    }

    @Test
    void readsObjectsInTheObject() {
        JsonBody body =
                body("{\"slo\":{\"objective\":0.99},\"labels\":{\"team\":\"a\"},\"at\":\"2026-01-31T12:00:00+01:00\","
                        + "\"matchers\":[{\"name\":\"x\"}]}");
        JsonBody slo = Objects.requireNonNull(body.object("slo"));
        assertThat(slo.decimal("objective", 0, 0, 1)).isEqualTo(0.99);
        assertThat(body.textMap("labels", 5, 10)).containsExactly(Map.entry("team", "a"));
        assertThat(body.instant("at")).isEqualTo("2026-01-31T11:00:00Z");
        assertThat(body.objects("matchers", 5))
                .singleElement()
                .satisfies(each -> assertThat(each.text("name", 1, 5)).isEqualTo("x"));
        assertThat(body.object("none")).isNull();
        body.check();
    }

    @Test
    void faultsOfObjectsInTheObjectSayWhereTheyAre() {
        JsonBody body = body("{\"slo\":{\"objective\":2,\"more\":1},\"labels\":{\"team\":7},\"at\":\"noon\","
                + "\"matchers\":[{\"name\":1},3]}");
        Objects.requireNonNull(body.object("slo")).decimal("objective", 0, 0, 1);
        body.textMap("labels", 5, 10);
        body.instant("at");
        body.objects("matchers", 5).forEach(each -> each.text("name", 1, 5));
        assertThat(refused(body::check).errors())
                .extracting(Problem.Fault::field)
                .containsExactly("slo.objective", "labels.team", "at", "matchers[1]", "matchers[0].name", "slo.more");
    }
}
