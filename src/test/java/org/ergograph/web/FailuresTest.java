package org.ergograph.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionalException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    private static String text(Response response) {
        return new String((byte[]) response.getEntity(), StandardCharsets.UTF_8);
    }

    @Test
    void problemSaysFieldValueAndWhatIsAllowed() {
        Response response = Failures.response(ProblemException.badFields(
                List.of(new Problem.Fault("url", "ftp://x", "an http URL"), new Problem.Fault("name", null, "text"))));
        assertThat(response.getStatus()).isEqualTo(400);
        assertThat(response.getMediaType()).hasToString("application/problem+json");
        assertThat(text(response))
                .isEqualTo("{\"type\":\"urn:ergograph:problem:bad-request\",\"title\":\"Bad request\",\"status\":400,"
                        + "\"detail\":\"url is 'ftp://x': must be an http URL; name is missing: must be text\","
                        + "\"errors\":[{\"field\":\"url\",\"value\":\"ftp://x\",\"allowed\":\"an http URL\"},"
                        + "{\"field\":\"name\",\"value\":null,\"allowed\":\"text\"}]}");
    }

    @Test
    void echoedValueIsCutAndSanitised() {
        Problem.Fault fault = new Problem.Fault("a\nb", "x".repeat(10_000), "short");
        assertThat(fault.field()).isEqualTo("a_b");
        assertThat(fault.value()).hasSize(203).endsWith("x...");
        assertThat(new Problem.Fault("a", "\u0000\u001b[31m\u202e\u2028\ud800", "").value())
                .isEqualTo("__[31m___");
        assertThat(new Problem.Fault("a", "caf\u00e9 \ud83d\ude00", "").value()).isEqualTo("caf\u00e9 \ud83d\ude00");
    }

    @Test
    void unknownFailureTellsNothingOfTheInside() {
        Response response = Failures.response(new IllegalStateException("jdbc:h2:secret in org.ergograph.Foo"));
        assertThat(response.getStatus()).isEqualTo(500);
        assertThat(text(response)).doesNotContain("secret").doesNotContain("org.ergograph.Foo");
    }

    @Test
    void containerRefusalKeepsItsAllowHeaderAndLosesItsMessage() {
        Response notAllowed = Failures.response(new NotAllowedException("GET", new String[] {"POST"}));
        assertThat(notAllowed.getStatus()).isEqualTo(405);
        assertThat(notAllowed.getHeaderString("Allow")).contains("GET").contains("POST");
        assertThat(text(notAllowed)).contains("\"status\":405").contains("\"title\":\"Method Not Allowed\"");
        Response notFound = Failures.response(new NotFoundException("RESTEASY003210: Could not find /a"));
        assertThat(notFound.getStatus()).isEqualTo(404);
        assertThat(text(notFound)).doesNotContain("RESTEASY");
    }

    @Test
    void problemIsFoundWithinWhatExecutorsAndTransactionsWrapAroundIt() {
        assertThat(Failures.response(new CompletionException(
                                new IllegalStateException(ProblemException.notFound("server", "7"))))
                        .getStatus())
                .isEqualTo(404);
    }

    @Test
    void databaseFailureIs503WithoutSql() {
        Response response = Failures.response(new IllegalStateException(
                "Internal Exception", new SQLException("select * from secret_table", "08006")));
        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeaderString("Retry-After")).isEqualTo("5");
        assertThat(text(response)).contains("urn:ergograph:problem:database").doesNotContain("secret_table");
    }

    @Test
    void onlyWhatTheDatabaseIsToBlameForIs503() {
        assertThat(SqlFailures.isDatabaseOut(new SQLException("connection lost")))
                .isTrue();
        assertThat(SqlFailures.isDatabaseOut(new RuntimeException(new RollbackException("no commit"))))
                .isTrue();
        assertThat(SqlFailures.isDatabaseOut(new TransactionalException("during commit", new SystemException("gone"))))
                .isTrue();
        assertThat(SqlFailures.isDatabaseOut(new RuntimeException(new HeuristicMixedException("partly"))))
                .isTrue();
        assertThat(SqlFailures.isDatabaseOut(new SQLException("too long", "22001")))
                .isFalse();
        assertThat(SqlFailures.isDatabaseOut(new SQLException("twice", "23505")))
                .isFalse();
        assertThat(SqlFailures.isDatabaseOut(new NullPointerException())).isFalse();
    }

    @Test
    void onlyAValueThatIsThereTwiceIsAUniqueViolation() {
        assertThat(SqlFailures.isUniqueViolation(new IllegalStateException(new SQLException("twice", "23505"))))
                .isTrue();
        assertThat(SqlFailures.isUniqueViolation(new SQLException("null", "23502")))
                .isFalse();
    }

    @Test
    void retryAfterIsAtLeastASecond() {
        assertThat(ProblemException.unavailable("x", "y", Duration.ofMillis(1))
                        .response()
                        .getHeaderString("Retry-After"))
                .isEqualTo("1");
    }
}
