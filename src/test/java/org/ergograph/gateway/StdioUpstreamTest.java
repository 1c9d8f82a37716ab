package org.ergograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ergograph.gateway.Conversations.LONG;
import static org.ergograph.gateway.Conversations.SHORT;
import static org.ergograph.gateway.Conversations.call;
import static org.ergograph.gateway.Conversations.failure;
import static org.ergograph.gateway.Conversations.get;
import static org.ergograph.gateway.Conversations.request;
import static org.ergograph.gateway.Conversations.stdio;
import static org.ergograph.gateway.Conversations.textOf;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.ergograph.gateway.UpstreamException.Reason;
import org.ergograph.web.JsonText;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StdioUpstreamTest {
    private final Conversations conversations = new Conversations(List.of(
            program("modern", "modern"),
            program("legacy", "legacy"),
            program("fragile", "fragile"),
            new StdioServer("missing", List.of("/no/such/program"), Map.of())));

    private static StdioServer program(String name, String era) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-cp",
                classPath(),
                LineServer.class.getName(),
                era);
        return new StdioServer(name, command, Map.of("GIVEN", "by the operator"));
    }

    private static String classPath() {
        Set<String> entries = new LinkedHashSet<>();
        try {
            for (Class<?> type :
                    List.of(LineServer.class, Json.class, Class.forName("org.eclipse.parsson.JsonProviderImpl"))) {
                entries.add(new File(type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())
                        .getPath());
            }
        } catch (URISyntaxException | ClassNotFoundException e) {
            throw new AssertionError(e);
        }
        return String.join(File.pathSeparator, entries);
    }

    @AfterEach
    void stop() {
        conversations.close();
    }

    private static UpstreamRequest ask(String tool, String argument) {
        return call(tool, "text", Json.createValue(argument));
    }

    @ParameterizedTest
    @ValueSource(strings = {"modern", "legacy", "fragile"})
    void processIsServedInItsRevision(String era) {
        Upstream upstream = conversations.open(stdio(era, LONG));
        assertThat(upstream.protocolVersion()).isEqualTo(era.equals("modern") ? "2026-07-28" : "2025-06-18");
        assertThat(textOf(get(upstream.request(ask("echo", "caf\u00e9\n")).result())))
                .isEqualTo("caf\u00e9\n");
        List<String> progress = new ArrayList<>();
        get(upstream.request(request(
                        "tools/call",
                        JsonText.object().add("name", "progress").build(),
                        LONG,
                        params -> progress.add(params.toString())))
                .result());
        assertThat(progress).containsExactly("{\"progress\":1}", "{\"progress\":2}");
    }

    @Test
    void environmentIsWhatTheOperatorGave() {
        Upstream upstream = conversations.open(stdio("legacy", LONG));
        String seen = textOf(get(upstream.request(ask("environment", "")).result()));
        assertThat(List.of(seen.split(",")))
                .contains("GIVEN")
                .isSubsetOf("GIVEN", "PATH", "HOME", "LANG", "TMPDIR", "JAVA_MAIN_CLASS");
    }

    @Test
    void whatTheProcessAsksIsRefusedAndItsChangesAreHeard() throws Exception {
        Upstream upstream = conversations.open(stdio("legacy", LONG));
        JsonObject answer = Json.createReader(new java.io.StringReader(
                        textOf(get(upstream.request(ask("ask", "roots/list")).result()))))
                .readObject();
        assertThat(answer.getJsonObject("error").getInt("code")).isEqualTo(-32601);
        assertThat(conversations.heard.next()).isEqualTo("refused roots/list");
        get(upstream.request(ask("change", "")).result());
        assertThat(conversations.heard.next()).isEqualTo("listsChanged");
    }

    @Test
    void silenceIsATimeoutOfWhichTheProcessIsTold() {
        Upstream upstream = conversations.open(stdio("legacy", LONG));
        PendingCall pending = upstream.request(call("silent", "text", JsonValue.TRUE, SHORT));
        assertThat(failure(pending.result()).reason()).isEqualTo(Reason.TIMEOUT);
        // The caller hears of his failure first, and the process of it right after.
        long deadline = System.nanoTime() + LONG.toNanos();
        String told;
        do {
            told = textOf(get(upstream.request(ask("cancelled", "")).result()));
        } while (told.equals("0") && System.nanoTime() < deadline);
        assertThat(told).isEqualTo("1");
    }

    @Test
    void answerThatIsTooLongFailsItsCallAndNoOther() {
        Upstream upstream = conversations.open(stdio("legacy", LONG));
        for (int bytes : List.of(200_000, 3_000_000)) {
            assertThat(failure(upstream.request(call("big", "bytes", Json.createValue(bytes)))
                                    .result())
                            .reason())
                    .as("%d bytes", bytes)
                    .isEqualTo(Reason.TOO_LARGE);
        }
        assertThat(textOf(get(upstream.request(ask("echo", "on")).result()))).isEqualTo("on");
    }

    @Test
    void garbageIsPassedOver() {
        Upstream upstream = conversations.open(stdio("legacy", LONG));
        assertThat(textOf(get(upstream.request(ask("garbage", "fine")).result())))
                .isEqualTo("fine");
    }

    @Test
    void processThatEndsFailsWhatIsPendingAndIsLost() throws Exception {
        Upstream upstream = conversations.open(stdio("legacy", LONG));
        PendingCall pending = upstream.request(ask("silent", ""));
        assertThat(failure(upstream.request(ask("exit", "")).result()).reason()).isEqualTo(Reason.TRANSPORT);
        assertThat(failure(pending.result()).reason()).isEqualTo(Reason.TRANSPORT);
        assertThat(conversations.heard.next()).startsWith("lost");
        assertThat(textOf(get(conversations
                        .open(stdio("legacy", LONG))
                        .request(ask("echo", "again"))
                        .result())))
                .isEqualTo("again");
    }

    @Test
    void processEndsWithItsConversation() throws Exception {
        Upstream upstream = conversations.open(stdio("legacy", LONG));
        ProcessHandle process = ProcessHandle.of(Long.parseLong(
                        textOf(get(upstream.request(ask("pid", "")).result()))))
                .orElseThrow();
        upstream.close();
        process.onExit().get(30, TimeUnit.SECONDS);
        assertThat(failure(upstream.request(ask("echo", "")).result()).reason()).isEqualTo(Reason.TRANSPORT);
        assertThat(conversations.heard.words).isEmpty();
    }

    @Test
    void programThatIsNotConfiguredOrNotThereIsAFailure() {
        assertThat(conversations.refusal(stdio("unknown", LONG)).reason()).isEqualTo(Reason.REFUSED);
        assertThat(conversations
                        .refusal(stdio("missing", Duration.ofSeconds(5)))
                        .reason())
                .isEqualTo(Reason.TRANSPORT);
    }
}
