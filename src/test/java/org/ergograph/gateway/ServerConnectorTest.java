package org.ergograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ergograph.gateway.Conversations.LONG;
import static org.ergograph.gateway.Conversations.SHORT;
import static org.ergograph.gateway.Conversations.server;

import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ergograph.gateway.UpstreamException.Reason;
import org.ergograph.web.JsonText;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerConnectorTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // filled by JUnit
    private static Path credentials;

    private final ScriptedServer server;
    private final Conversations conversations = new Conversations(credentials);

    ServerConnectorTest() throws IOException {
        server = new ScriptedServer(request -> request.status(500));
    }

    @AfterEach
    void stop() {
        conversations.close();
        server.close();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "400,-32600",
        "400,-32000",
        "404,-32601",
        "200,-32601",
        "200,-32600",
        "400,-32022",
        "500,-32603",
        "405,0",
        "404,0",
        "400,0",
        "406,0",
        "415,0"
    })
    void serverThatDoesNotKnowTheQuestionIsAskedAsOlderRevisionsHaveIt(int status, int code) {
        server.script(request -> {
            if (!request.method().equals("server/discover")) {
                ScriptedServer.legacy(request, "s", JsonValue.EMPTY_JSON_OBJECT);
            } else if (code == 0) {
                request.status(status);
            } else {
                request.error(status, code, "what?");
            }
        });
        assertThat(conversations.open(server.url()).protocolVersion()).isEqualTo("2025-06-18");
    }

    @Test
    void serverThatSpeaksOtherRevisionsOnlyIsAskedAsTheyHaveIt() {
        server.script(request -> {
            if (!request.method().equals("server/discover")) {
                ScriptedServer.legacy(request, "s", JsonValue.EMPTY_JSON_OBJECT);
            } else {
                request.result(JsonText.object()
                        .add("supportedVersions", JsonText.array().add("2025-11-25"))
                        .add("capabilities", JsonText.object())
                        .build());
            }
        });
        assertThat(conversations.open(server.url()).protocolVersion()).isEqualTo("2025-06-18");
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({"401,REFUSED", "403,REFUSED", "302,REFUSED", "508,REFUSED", "503,TRANSPORT"})
    void serverThatRefusesIsNotAskedAgain(int status, Reason reason) {
        server.script(request -> request.status(status));
        UpstreamException refusal = conversations.refusal(server(server.url(), null, LONG));
        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal).hasMessageContaining(Integer.toString(status));
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void silentServerIsATimeoutAndAClosedPortATransportFailure() {
        server.script(request -> request.end().await());
        assertThat(conversations.refusal(server(server.url(), null, SHORT)).reason())
                .isEqualTo(Reason.TIMEOUT);
        server.close();
        assertThat(conversations.refusal(server(server.url(), null, LONG)).reason())
                .isEqualTo(Reason.TRANSPORT);
    }

    @Test
    void revisionThatNobodyKnowsIsAFailure() {
        server.script(request -> {
            if (request.method().equals("initialize")) {
                request.result(
                        JsonText.object().add("protocolVersion", "1999-01-01").build());
            } else {
                request.status(404);
            }
        });
        assertThat(conversations.refusal(server(server.url(), null, LONG)).reason())
                .isEqualTo(Reason.PROTOCOL);
    }

    @Test
    void forbiddenAddressIsRefused() {
        UpstreamException refusal = conversations.refusal(server("http://10.0.0.1/mcp", null, LONG));
        assertThat(refusal.reason()).isEqualTo(Reason.REFUSED);
        assertThat(refusal).hasMessageContaining("private address");
    }

    @Test
    void credentialIsSentAsABearerToken() throws Exception {
        Files.createDirectories(credentials.resolve("team"));
        Files.writeString(credentials.resolve("team/token.txt"), "secret-1\n");
        server.script(request -> ScriptedServer.modern(request, JsonValue.EMPTY_JSON_OBJECT));
        conversations.open(server(server.url(), "team/token.txt", LONG));
        assertThat(server.requests().get(0).header("Authorization")).isEqualTo("Bearer secret-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"absent", "a/../../outside", "link", "bad", "team"})
    void credentialThatIsMissingOutsideOrNoTokenIsARefusal(String reference) throws Exception {
        Path outside = Files.writeString(credentials.resolveSibling("outside"), "secret-2");
        Files.writeString(credentials.resolve("bad"), "two words\r\nX-Evil: 1");
        Files.deleteIfExists(credentials.resolve("link"));
        Files.createSymbolicLink(credentials.resolve("link"), outside);
        UpstreamException refusal = conversations.refusal(server(server.url(), reference, LONG));
        assertThat(refusal.reason()).isEqualTo(Reason.REFUSED);
        assertThat(refusal).hasMessageContaining("credential").hasMessageNotContaining(reference);
        assertThat(server.requests()).isEmpty();
    }
}
