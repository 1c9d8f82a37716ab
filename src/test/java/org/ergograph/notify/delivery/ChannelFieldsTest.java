package org.ergograph.notify.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ergograph.notify.delivery.channel.Target;
import org.ergograph.outbound.OutboundPolicy;
import org.ergograph.web.JsonBody;
import org.ergograph.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client says of a channel. */
class ChannelFieldsTest {
    private static final OutboundPolicy PUBLIC = OutboundPolicy.of(List.of());
    private static final String SLACK = "https://hooks.slack.example/services/T0/B0/secret";

    private static ChannelFields.Read read(String json, @Nullable ChannelRow before) {
        return ChannelFields.read(JsonBody.parse(json), PUBLIC, before);
    }

    private static ChannelRow slack() {
        return new ChannelRow(
                "id", read("{\"name\":\"s\",\"type\":\"slack\",\"url\":\"" + SLACK + "\"}", null), Instant.EPOCH);
    }

    @Test
    void slacksUrlIsShownWithoutItsPathAndKeptByItsShownForm() {
        ChannelRow row = slack();
        String shown = ChannelJson.shown(row).getString("url");
        assertThat(shown).isEqualTo("https://hooks.slack.example/***");

        ChannelFields.Read read = read("{\"name\":\"renamed\",\"type\":\"slack\",\"url\":\"" + shown + "\"}", row);

        assertThat(read.settings().getString("url")).isEqualTo(SLACK);
        assertThatThrownBy(() -> read("{\"name\":\"x\",\"type\":\"slack\",\"url\":\"" + shown + "\"}", null))
                .isInstanceOf(ProblemException.class);
    }

    private static String webhook(String url, String headers) {
        return "{\"name\":\"w\",\"type\":\"webhook\",\"url\":\"" + url + "\",\"headers\":{" + headers + "}}";
    }

    @ParameterizedTest
    @CsvSource({
        "webhook, https://discord.example/api/webhooks/1/secret, https://discord.example/***, the path is the secret",
        "webhook, https://hook.example?key=secret, https://hook.example/***, the query is",
        "webhook, https://hook.example, https://hook.example/***, whether there is a path is not told either",
        "webhook, https://user:secret@hook.example:8443/x, https://***@hook.example:8443/***, it is refused and repeated",
        "slack, hooks.slack.example/services/secret, hooks.slack.example/***, without its scheme",
        "alertmanager, https://am.example/prefix?token=secret, https://am.example/prefix?***, its path is none",
        "alertmanager, https://u:secret@am.example, https://***@am.example, a password is one"
    })
    void urlIsShownWithoutWhatMayBeASecret(String type, String url, String shown, String why) {
        assertThat(ChannelJson.shown(type, url)).as(why).isEqualTo(shown);
    }

    @Test
    void webhooksPathAndHeadersAreHiddenAndKeptByTheirShownForm() {
        String url = "https://discord.example/api/webhooks/1/secret";
        ChannelRow row = new ChannelRow(
                "id", read(webhook(url, "\"X-Api-Key\":\"abc\",\"X-Team\":\"ops\""), null), Instant.EPOCH);

        JsonObject shown = ChannelJson.shown(row);

        assertThat(shown.toString()).doesNotContain("secret", "abc", "ops").contains("X-Api-Key", "X-Team");
        ChannelFields.Read read =
                read(webhook(shown.getString("url"), "\"X-Api-Key\":\"***\",\"X-Team\":\"dev\""), row);
        assertThat(read.settings().getString("url")).isEqualTo(url);
        assertThat(read.settings().getJsonObject("headers")).hasToString("{\"X-Api-Key\":\"abc\",\"X-Team\":\"dev\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "https://discord.example/***, X-Other, nothing is kept under this name",
        "https://evil.example/x, X-Api-Key, another server must not be sent what this one is"
    })
    void hiddenValueThatIsNotKeptIsRefused(String url, String header, String why) {
        ChannelRow row = new ChannelRow(
                "id", read(webhook("https://discord.example/secret", "\"X-Api-Key\":\"abc\""), null), Instant.EPOCH);

        assertThatThrownBy(() -> read(webhook(url, "\"" + header + "\":\"***\""), row))
                .as(why)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.problem().detail())
                                .contains("headers." + header)
                                .doesNotContain("abc"));
    }

    @Test
    void valueOfAHeaderThatIsRefusedIsNotRepeated() {
        assertThatThrownBy(() -> read(webhook("https://hook.example/", "\"X-Api-Key\":\"s\u00e9cret\""), null))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.problem().detail())
                                .contains("headers.X-Api-Key")
                                .doesNotContain("cret"));
    }

    @Test
    void settingsThatHaveNoRoomAreRefusedWhereTheyAreLong() {
        String headers = IntStream.range(0, 20)
                .mapToObj(i -> "\"X-" + i + "\":\"" + "v".repeat(1000) + "\"")
                .collect(Collectors.joining(","));
        String to = IntStream.range(0, 50)
                .mapToObj(i -> "\"" + "N".repeat(300) + i + " <ops@example.org>\"")
                .collect(Collectors.joining(","));

        assertThatThrownBy(() -> read(webhook("https://hook.example/", headers), null))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.problem().status()).isEqualTo(400);
                    assertThat(problem.problem().detail()).contains("headers is", "16000");
                });
        assertThatThrownBy(() -> read(
                        "{\"name\":\"m\",\"type\":\"email\",\"host\":\"smtp.example.org\",\"from\":\"a@example.org\","
                                + "\"to\":[" + to + "]}",
                        null))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.problem().detail()).contains("to is", "16000"));
    }

    @Test
    void everyFaultIsNamed() {
        assertThatThrownBy(() -> read(
                        "{\"name\":\"log\",\"type\":\"email\",\"host\":\"a b\",\"to\":[\"nobody\"],\"from\":\"x@y.z\\u000d\","
                                + "\"port\":0,\"surprise\":1,\"credentialRef\":\"pass word\"}",
                        null))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    String detail = problem.problem().detail();
                    assertThat(problem.problem().status()).isEqualTo(400);
                    assertThat(detail).contains("name", "host", "to ", "from", "port", "surprise", "credentialRef");
                    assertThat(detail).doesNotContain("pass word");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "http://10.0.0.1/x, 422, a private address",
        "http://127.0.0.1/x, 422, this machine itself",
        "http://169.254.169.254/x, 422, the metadata of a cloud",
        "ftp://example.org/x, 400, no HTTP",
        "http://a:b@example.org/x, 400, a password in it"
    })
    void urlIsJudgedWhenItIsSaved(String url, int status, String why) {
        assertThatThrownBy(() -> read("{\"name\":\"w\",\"type\":\"webhook\",\"url\":\"" + url + "\"}", null))
                .as(why)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.problem().status()).isEqualTo(status));
    }

    @ParameterizedTest
    @CsvSource({
        "Authorization, a secret has its place elsewhere",
        "Idempotency-Key, it is ours",
        "X-Ergograph-Signature, it is ours",
        "'X\nBad', it is no name"
    })
    void headerThatIsNotTheClientsIsRefused(String name, String why) {
        String json = "{\"name\":\"w\",\"type\":\"webhook\",\"url\":\"https://example.org/\",\"headers\":{\""
                + name.replace("\n", "\\n") + "\":\"x\"}}";
        assertThatThrownBy(() -> read(json, null)).as(why).isInstanceOf(ProblemException.class);
    }

    @Test
    void channelIsWhatItsSettingsSay() {
        ChannelFields.Read read = read(
                "{\"name\":\"ops\",\"type\":\"email\",\"host\":\"smtp.example.org\",\"from\":\"a@example.org\","
                        + "\"to\":[\"b@example.org\"],\"credentialRef\":\"smtp\",\"groupWait\":\"PT1S\"}",
                null);
        var channel = new ChannelRow("id", read, Instant.EPOCH).channel();

        assertThat(channel.target()).isInstanceOfSatisfying(Target.Email.class, email -> {
            assertThat(email.port()).isEqualTo(587);
            assertThat(email.security()).isEqualTo(Target.Security.STARTTLS);
            assertThat(email.credentialRef()).isEqualTo("smtp");
        });
        assertThat(channel.policy().groupWait()).hasSeconds(1);
        assertThat(channel.policy().repeatInterval()).hasHours(4);
    }
}
