package org.ergograph.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.ergograph.outbound.OutboundPolicy;
import org.ergograph.web.JsonBody;
import org.ergograph.web.Problem;
import org.ergograph.web.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DraftTest {
    private static Draft read(String json) {
        JsonBody body = JsonBody.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
        return Draft.from(body, OutboundPolicy.of(List.of()));
    }

    @Test
    void nameAndUrlAreEnough() {
        assertThat(read("{\"name\":\"files\",\"url\":\"https://example.com/mcp\"}"))
                .isEqualTo(new Draft(
                        "files",
                        "https://example.com/mcp",
                        "streamable-http",
                        List.of(),
                        null,
                        Duration.ofSeconds(30)));
    }

    @Test
    void everyFieldIsTakenAndTagsAreSortedAndGivenOnce() {
        Draft draft = read("{\"name\":\"a-b_c9\",\"url\":\"http://8.8.8.8:8080/mcp\",\"transport\":\"streamable-http\","
                + "\"tags\":[\"prod\",\"eu\",\"prod\"],\"credentialRef\":\"vault/files\",\"timeout\":\"PT2.5S\"}");
        assertThat(draft.tags()).containsExactly("eu", "prod");
        assertThat(draft.credentialRef()).isEqualTo("vault/files");
        assertThat(draft.timeout()).isEqualTo(Duration.ofMillis(2500));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "a name is needed|'url':'http://a.example'|400|name",
                "a url is needed|'name':'a'|400|url",
                "capital letters in a name|'name':'A','url':'http://a.example'|400|name",
                "two underscores would end the name|'name':'a__b','url':'http://a.example'|400|name",
                "an underscore at the end would be the tool's|'name':'a_','url':'http://a.example'|400|name",
                "a dash at the beginning|'name':'-a','url':'http://a.example'|400|name",
                "a path as a name|'name':'a/b','url':'http://a.example'|400|name",
                "no url|'name':'a','url':'a.example'|400|url",
                "a file|'name':'a','url':'file:///etc/passwd'|400|url",
                "a password in the url|'name':'a','url':'http://u:p@a.example/'|400|url",
                "the cloud's metadata|'name':'a','url':'http://169.254.169.254/'|422|url",
                "a private address|'name':'a','url':'http://10.0.0.1/'|422|url",
                "another transport|'name':'a','url':'http://a.example','transport':'sse'|400|transport",
                "a process|'name':'a','url':'http://a.example','transport':'stdio'|422|transport",
                "tags that are no list|'name':'a','url':'http://a.example','tags':'x'|400|tags",
                "a tag with a blank|'name':'a','url':'http://a.example','tags':['a b']|400|tags",
                "a number as a tag|'name':'a','url':'http://a.example','tags':[1]|400|tags[0]",
                "a timeout in seconds|'name':'a','url':'http://a.example','timeout':30|400|timeout",
                "a timeout of nothing|'name':'a','url':'http://a.example','timeout':'PT0S'|400|timeout",
                "a timeout of an hour|'name':'a','url':'http://a.example','timeout':'PT1H'|400|timeout",
                "an unknown field|'name':'a','url':'http://a.example','status':'active'|400|status",
            })
    void refused(String fact, String fields, int status, String field) {
        Problem problem = catchThrowableOfType(
                        ProblemException.class, () -> read("{" + fields.replace('\'', '"') + "}"))
                .problem();
        assertThat(problem.status()).as(fact).isEqualTo(status);
        assertThat(problem.errors()).extracting(Problem.Fault::field).containsExactly(field);
        assertThat(problem.errors().get(0).allowed()).isNotBlank();
    }

    @Test
    void longestNameIsTakenAndOneLongerIsNot() {
        String json = "{\"name\":\"%s\",\"url\":\"http://a.example\"}";
        assertThat(read(json.formatted("a".repeat(64))).name()).hasSize(64);
        assertThat(catchThrowableOfType(ProblemException.class, () -> read(json.formatted("a".repeat(65)))))
                .isNotNull();
    }

    @Test
    void secretSentAsACredentialsNameIsNotRepeated() {
        ProblemException e = catchThrowableOfType(
                ProblemException.class,
                () -> read("{\"name\":\"a\",\"url\":\"http://a.example\",\"credentialRef\":\"Bearer s3cret\"}"));
        assertThat(e.problem().json().toString()).contains("credentialRef").doesNotContain("s3cret");
    }
}
