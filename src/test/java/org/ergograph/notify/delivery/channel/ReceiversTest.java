package org.ergograph.notify.delivery.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.ergograph.alert.routing.ChannelPolicy;
import org.ergograph.outbound.CredentialSettings;
import org.ergograph.outbound.Credentials;
import org.ergograph.outbound.Deadlines;
import org.ergograph.outbound.ExchangeSettings;
import org.ergograph.outbound.OutboundExchanges;
import org.ergograph.outbound.OutboundPolicy;
import org.ergograph.outbound.OutboundSettings;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Channels of HTTP against a real receiver. */
class ReceiversTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String KEY = "a key with spaces";

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final CountDownLatch end = new CountDownLatch(1);
    private final HttpServer server;
    private final OutboundExchanges exchanges;
    private final Receivers receivers;
    private volatile Map<String, List<String>> headers = Map.of();
    private volatile byte[] body = new byte[0];
    private volatile String method = "";
    private volatile String path = "";
    private volatile int status = 200;
    private volatile String said = "no\u0007such";

    ReceiversTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        OutboundSettings outbound =
                new OutboundSettings(OutboundPolicy.of(List.of("loopback")), Duration.ofSeconds(5), 10);
        exchanges = OutboundExchanges.of(outbound, new ExchangeSettings(100, 100), executor, scheduler);
        Credentials credentials = new Credentials(new CredentialSettings(
                (Path) null,
                reference -> Optional.ofNullable(
                        Map.of("hook", "token-1", "key", KEY).get(reference))));
        receivers = new Receivers(exchanges, credentials, outbound, executor, new Deadlines(scheduler), null);
    }

    @BeforeEach
    void start() {
        server.createContext("/", exchange -> {
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            exchange.getRequestBody().transferTo(read);
            headers = exchange.getRequestHeaders();
            body = read.toByteArray();
            method = exchange.getRequestMethod();
            path = exchange.getRequestURI().getPath();
            if (path.equals("/hang")) {
                await(end);
            }
            exchange.getResponseHeaders().set("Retry-After", "7");
            byte[] answer = said.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, path.equals("/cut") ? 1000 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.setExecutor(executor);
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        exchanges.close();
        server.stop(0);
        executor.shutdownNow();
        scheduler.shutdownNow();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String url(String place) {
        return "http://localhost:" + server.getAddress().getPort() + place;
    }

    private Delivered send(Target target, Message message) throws Exception {
        return stage(target, message).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private CompletionStage<Delivered> stage(Target target, Message message) {
        return receivers.send(new Channel(ChannelPolicy.of("hook"), target), message);
    }

    private Target.Webhook webhook(String place, String format, @Nullable String signature, Duration timeout) {
        return new Target.Webhook(url(place), "PUT", Map.of("X-Team", "ops"), format, "hook", signature, timeout);
    }

    private JsonObject json() {
        return JsonText.parse(new String(body, StandardCharsets.UTF_8));
    }

    private String header(String name) {
        return String.join(", ", headers.getOrDefault(name, List.of()));
    }

    @Test
    void webhookCarriesAlertContextAndTimestampSignedOverTheExactBody() throws Exception {
        Message message = AlertMessages.message(AlertMessages.firing("a"), AlertMessages.firing("b"));

        assertThat(send(webhook("/hook", "plain", "key", LONG), message)).isInstanceOf(Delivered.Sent.class);

        assertThat(method).isEqualTo("PUT");
        assertThat(header("Authorization")).isEqualTo("Bearer token-1");
        assertThat(header("X-team")).isEqualTo("ops");
        assertThat(header("Idempotency-key")).isEqualTo("message-1");
        assertThat(json().keySet()).containsExactlyInAnyOrder("alert", "context", "timestamp");
        assertThat(json().getJsonObject("alert"))
                .containsKeys(
                        "id",
                        "rule",
                        "severity",
                        "status",
                        "startsAt",
                        "metric",
                        "value",
                        "threshold",
                        "subject",
                        "link");
        assertThat(json().getJsonObject("context")).containsKeys("environment", "version", "uptimeSeconds", "node");
        assertThat(json().getJsonObject("context").getJsonArray("otherAlerts")).hasSize(1);
        assertThat(header("X-ergograph-signature")).isEqualTo(signature("" + AlertMessages.NOW.getEpochSecond()));
    }

    /** As a receiver would compute it, from the documentation alone. */
    private String signature(String seconds) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.write((seconds + ".").getBytes(StandardCharsets.UTF_8));
        signed.write(body);
        StringBuilder hex = new StringBuilder();
        for (byte each : mac.doFinal(signed.toByteArray())) {
            hex.append("%02x".formatted(each));
        }
        return "t=" + seconds + ",v1=" + hex;
    }

    @Test
    void webhookInAlertmanagersFormatHasItsFields() throws Exception {
        send(
                webhook("/hook", "alertmanager", null, LONG),
                AlertMessages.message(AlertMessages.firing("a"), AlertMessages.resolved("b")));

        JsonObject json = json();
        assertThat(json.getString("version")).isEqualTo("4");
        assertThat(json.getString("status")).isEqualTo("firing");
        assertThat(json.getJsonObject("groupLabels").getString("alertname")).isEqualTo("slow_tool");
        assertThat(json.getJsonObject("commonLabels")).containsKey("tool").doesNotContainKey("id");
        assertThat(json.getJsonArray("alerts").getJsonObject(0).keySet())
                .containsExactlyInAnyOrder(
                        "status", "labels", "annotations", "startsAt", "endsAt", "generatorURL", "fingerprint");
        assertThat(json.getJsonArray("alerts").getJsonObject(1).getString("status"))
                .isEqualTo("resolved");
    }

    private static ChannelPolicy grouped(boolean grouped, String... labels) {
        ChannelPolicy as = ChannelPolicy.of("hook");
        return new ChannelPolicy(
                "hook",
                grouped,
                List.of(labels),
                as.groupWait(),
                as.groupInterval(),
                as.repeatInterval(),
                as.perAlert(),
                as.perMinute(),
                true,
                as.minSeverity());
    }

    @Test
    void webhookInAlertmanagersFormatIsGroupedAsTheChannelIs() {
        Message two = AlertMessages.message(AlertMessages.firing("a"), AlertMessages.firing("b"));
        JsonObject json = AlertmanagerBody.webhook(grouped(true, "tool", "a.b", "missing"), two);
        assertThat(json.getJsonObject("groupLabels")).hasToString("{\"a_b\":\"c\",\"tool\":\"search\"}");
        assertThat(json.getString("groupKey")).isEqualTo("{}:{a_b=\"c\", tool=\"search\"}");

        json = AlertmanagerBody.webhook(grouped(true), two);
        assertThat(json.getJsonObject("groupLabels")).isEmpty();
        assertThat(json.getString("groupKey")).isEqualTo("{}:{}");

        json = AlertmanagerBody.webhook(grouped(false), AlertMessages.message(AlertMessages.firing("a")));
        assertThat(json.getJsonObject("groupLabels"))
                .as("each alert for itself")
                .isEqualTo(json.getJsonObject("commonLabels"))
                .containsKey("id");
    }

    @Test
    void whatTheReceiverRepeatsOfASecretIsNotKept() throws Exception {
        status = 404;
        said = "Cannot PUT /api/webhooks/42/very-secret (X-Api-Key: 0123456789, Bearer token-1)";
        Target target = new Target.Webhook(
                url("/api/webhooks/42/very-secret"),
                "PUT",
                Map.of("X-Api-Key", "0123456789"),
                "plain",
                "hook",
                null,
                LONG);

        Delivered delivered = send(target, AlertMessages.message(AlertMessages.firing("a")));

        assertThat(delivered).isEqualTo(new Delivered.Refused("HTTP 404: Cannot PUT *** (X-Api-Key: ***, ***)"));
    }

    @ParameterizedTest
    @CsvSource({
        "'no such hook very-secret', 'no such hook ***'",
        "'token=query-secret', 'token=***'",
        "'it is over', 'it is over'"
    })
    void partsOfAUrlAreSecretsToo(String said, String shown) {
        Secrets secrets = Secrets.of("https://hook.example/a/very-secret/b?token=query-secret", Map.of("X-Team", "is"));
        assertThat(secrets.hide(said)).isEqualTo(shown);
    }

    @Test
    void alertmanagerIsToldHowLongAMessageHolds() throws Exception {
        send(
                new Target.Alertmanager(url("/"), null, LONG),
                AlertMessages.message(AlertMessages.firing("a")).holding(Duration.ofMinutes(20)));
        assertThat(new String(body, StandardCharsets.UTF_8)).contains("\"endsAt\":\"2026-11-20T16:20:00Z\"");
    }

    @Test
    void alertmanagerIsToldInItsOwnWordsAndTheResolvedHaveAnEndThatHasCome() throws Exception {
        send(
                new Target.Alertmanager(url("/am/"), null, LONG),
                AlertMessages.message(AlertMessages.firing("a"), AlertMessages.resolved("b")));

        assertThat(path).isEqualTo("/am/api/v2/alerts");
        var alerts = JsonText.parse("{\"alerts\":" + new String(body, StandardCharsets.UTF_8) + "}")
                .getJsonArray("alerts");
        assertThat(alerts.getJsonObject(0).getString("endsAt")).isEqualTo("2026-11-20T16:04:00Z");
        assertThat(alerts.getJsonObject(1).getString("endsAt")).isEqualTo("2026-11-20T15:59:55Z");
        assertThat(alerts.getJsonObject(0).getJsonObject("labels").keySet())
                .contains("a_b")
                .doesNotContain("a.b");
    }

    @Test
    void slackGetsItsThreeCharactersEscapedAndNoMoreThanItTakes() throws Exception {
        AlertMessage evil = AlertMessages.of("a", false, "<!channel> & more".repeat(500));

        send(new Target.Slack(url("/services/T/B/x"), LONG), AlertMessages.message(evil));

        String text = new String(body, StandardCharsets.UTF_8);
        assertThat(text).contains("&lt;!channel&gt; &amp; more").doesNotContain("<!channel>");
        JsonObject section = json().getJsonArray("attachments")
                .getJsonObject(0)
                .getJsonArray("blocks")
                .getJsonObject(1);
        assertThat(section.getJsonObject("text").getString("text").length()).isLessThan(3000);
    }

    @ParameterizedTest
    @CsvSource({
        "200, Sent, the receiver has it",
        "204, Sent, nothing to say is an answer too",
        "302, Refused, a redirection is not followed",
        "400, Refused, it will not understand the same message later",
        "404, Refused, nobody is there",
        "408, Failed, it was too slow",
        "425, Failed, too early",
        "429, Failed, too many",
        "500, Failed, it may recover",
        "503, Failed, it may recover"
    })
    void statusSaysWhatBecomesOfTheMessage(int answered, String expected, String why) {
        assertThat(Answers.of(answered, null, why, AlertMessages.NOW).getClass().getSimpleName())
                .as(why)
                .isEqualTo(expected);
    }

    @Test
    void receiverThatAsksForTimeIsGivenIt() throws Exception {
        status = 429;

        Delivered delivered =
                send(webhook("/hook", "plain", null, LONG), AlertMessages.message(AlertMessages.firing("a")));

        assertThat(delivered).isEqualTo(new Delivered.Failed("HTTP 429: no such", Duration.ofSeconds(7)));
    }

    @Test
    void receiverThatHangsEndsAtItsDeadlineAndDelaysNoOther() throws Exception {
        Message message = AlertMessages.message(AlertMessages.firing("a"));
        CompletionStage<Delivered> hanging = stage(webhook("/hang", "plain", null, Duration.ofSeconds(2)), message);

        assertThat(send(webhook("/hook", "plain", null, LONG), message)).isInstanceOf(Delivered.Sent.class);
        assertThat(hanging.toCompletableFuture()).isNotDone();
        assertThat(hanging.toCompletableFuture().get(20, TimeUnit.SECONDS)).isInstanceOf(Delivered.Failed.class);
    }

    @Test
    void answerThatBreaksOffAfterItsStatusIsAnAnswer() throws Exception {
        assertThat(send(webhook("/cut", "plain", null, LONG), AlertMessages.message(AlertMessages.firing("a"))))
                .isInstanceOf(Delivered.Sent.class);
    }

    @Test
    void addressThatThePolicyForbidsIsNotReached() throws Exception {
        Target target = new Target.Slack("http://10.0.0.1/services/x", LONG);

        assertThat(send(target, AlertMessages.message(AlertMessages.firing("a"))))
                .isInstanceOf(Delivered.Failed.class)
                .extracting(Delivered::detail)
                .asString()
                .contains("private");
    }

    @Test
    void missingCredentialIsNoReasonToGiveUp() throws Exception {
        Target target = new Target.Alertmanager(url("/"), "nowhere", LONG);

        assertThat(send(target, AlertMessages.message(AlertMessages.firing("a"))))
                .isInstanceOf(Delivered.Failed.class);
    }
}
