package org.ergograph.tool;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactedArgumentsTest {
    private static JsonObject object(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | {}",
                "{'city':'Bern','days':3,'metric':true,'x':null} | {'city':'Bern','days':3,'metric':true,'x':null}",
                "{'password':'a'} | {'password':'[redacted]'}",
                "{'user':{'name':'eve','apiKey':'k'}} | {'user':{'name':'eve','apiKey':'[redacted]'}}",
                "{'list':[{'client_secret':{'deep':1}},2,[]]} | {'list':[{'client_secret':'[redacted]'},2,[]]}",
                "{'headers':['Bearer abc','basic x','plain']} | {'headers':['[redacted]','[redacted]','plain']}",
                "{'say':'\\'hi\\' \\\\ \\n'} | {'say':'\\'hi\\' \\\\ \\u000a'}",
            })
    void secretsAreLeftOutAndTheRestIsKept(String arguments, String shown) {
        assertThat(RedactedArguments.of(object(arguments.replace('\'', '"')))).isEqualTo(shown.replace('\'', '"'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "Password",
                "dbPasswd",
                "passphrase",
                "PWD",
                "secret",
                "CLIENT-SECRET",
                "access_token",
                "X-Auth-Token",
                "Authorization",
                "proxy-authorization",
                "api key",
                "api_key",
                "apiKey",
                "x-api-key",
                "aws.access.key",
                "private_key",
                "credentials",
                "Cookie",
                "set-cookie",
                "jwt",
                "auth",
                "session_id",
                "pin"
            })
    void theseNamesAreThoseOfSecrets(String name) {
        assertThat(RedactedArguments.isSecret(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"author", "key", "keyword", "passenger", "query", "spinner", "session", "", "name"})
    void theseAreNot(String name) {
        assertThat(RedactedArguments.isSecret(name)).isFalse();
    }

    @Test
    void whatIsLongIsCut() {
        String exact = RedactedArguments.of(object("{\"a\":\"" + "x".repeat(4096 - 8) + "\"}"));
        assertThat(exact).hasSize(4096).endsWith("\"}");
        String over = RedactedArguments.of(object("{\"a\":\"" + "x".repeat(4096 - 7) + "\"}"));
        assertThat(over).hasSize(4096).endsWith("xxx...");
        assertThat(RedactedArguments.of(object("{\"a\":[" + "1,".repeat(100_000) + "1]}")))
                .hasSize(4096)
                .endsWith("...");
    }

    @Test
    void whatIsDeepIsCut() {
        assertThat(RedactedArguments.of(object("{\"a\":".repeat(100) + "1" + "}".repeat(100))))
                .contains("[too deep]")
                .hasSizeLessThan(300);
    }
}
