package org.ergograph.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.subethamail.smtp.server.SMTPServer;

/** A tool becomes slow: somebody is told by mail and Slack, takes care, and is told when it is over. */
@EnabledIfSystemProperty(
        named = "it.faults",
        matches = "true",
        disabledReason = "takes more than a minute: the profile faults runs it, and continuous integration does")
class AlertStoryIT extends DeployedWar {
    private static final String RULE = "it_story";
    private static final String TOOL = "fixture_wait";

    /** So long that an acknowledgement comes before it, however slow the machine. */
    private static final Duration ESCALATION = Duration.ofSeconds(20);

    private final List<String> mails = new CopyOnWriteArrayList<>();
    private final List<String> posts = new CopyOnWriteArrayList<>();
    private final List<String> made = new ArrayList<>();
    private final SMTPServer smtp;
    private final HttpServer slack;

    AlertStoryIT() throws IOException {
        smtp = SMTPServer.port(free())
                .bindAddress(InetAddress.getLoopbackAddress())
                .messageHandler((context, from, to, data) -> mails.add(new String(data, StandardCharsets.UTF_8)))
                .build();
        smtp.start();
        slack = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        slack.createContext("/", exchange -> {
            posts.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        slack.start();
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @AfterEach
    void stop() throws Exception {
        for (int i = made.size() - 1; i >= 0; i--) {
            server.send(server.request(made.get(i)).DELETE());
        }
        slack.stop(0);
        smtp.stop();
    }

    private JsonObject post(String path, int status, String json) throws Exception {
        HttpResponse<String> answer = server.send(server.request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json.replace('\'', '"'))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonObject object = Json.object(answer.body());
        if (status == 201) {
            made.add(path + "/" + object.getString("id"));
        }
        return object;
    }

    private void call(double seconds) throws Exception {
        HttpResponse<String> answer =
                server.send(ModernCall.of(server.request("/mcp"), TOOL, "{\"seconds\":" + seconds + "}", ""));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private JsonArray alerts() throws Exception {
        HttpResponse<String> answer = server.get("/api/v1/alerts?rule=" + RULE);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.object(answer.body()).getJsonArray("items");
    }

    private JsonObject await(String state) throws Exception {
        return Await.until(
                        "the alert is " + state,
                        this::alerts,
                        items -> !items.isEmpty()
                                && items.getJsonObject(0).getString("state").equals(state))
                .getJsonObject(0);
    }

    private List<String> story(String path) throws Exception {
        return Json.object(server.get(path).body()).getJsonArray("events").getValuesAs(JsonObject.class).stream()
                .map(event ->
                        event.getString("kind") + " " + event.getString("state") + " " + event.getString("reason"))
                .toList();
    }

    @Test
    void slowToolIsToldTakenCareOfAndOver() throws Exception {
        String usual = "'groupWait':'PT0S','groupInterval':'PT1S','perAlert':'PT0S'";
        post(
                "/api/v1/channels",
                201,
                "{'name':'it-story-mail','type':'email','host':'127.0.0.1','port':" + smtp.getPort()
                        + ",'security':'none','from':'alerts@example.org','to':['ops@example.org']," + usual + "}");
        post(
                "/api/v1/channels",
                201,
                "{'name':'it-story-slack','type':'slack','url':'http://127.0.0.1:"
                        + slack.getAddress().getPort() + "/services/x'," + usual + "}");
        post(
                "/api/v1/alert-rules",
                201,
                "{'name':'" + RULE + "','scope':'tool:" + TOOL
                        + "','condition':'p50 > 0.3','for':'PT1S','window':'PT1M',"
                        + "'evaluationPeriod':'PT1S','escalation':'" + ESCALATION + "','severity':'critical',"
                        + "'channels':['it-story-mail','it-story-slack'],'messageTemplate':'{rule} is at {value}'}");
        // However many fast calls other tests made within the window, they are fewer.
        for (int i = 0; i < 3; i++) {
            call(0.5);
        }
        JsonObject firing = await("firing");
        String path = "/api/v1/alerts/" + firing.getString("id");
        post(path + "/acknowledge", 200, "{'owner':'ada','comment':'looking','expiresIn':'PT1H'}");
        Await.until("mail and Slack", () -> mails.size() + posts.size(), count -> count >= 2);
        assertThat(mails).singleElement().asString().contains(RULE);
        assertThat(posts).singleElement().asString().contains(RULE);
        Await.until(
                "that it is not escalated",
                () -> story(path),
                events ->
                        events.stream().anyMatch(event -> event.startsWith("held") && event.contains("acknowledged")));
        Instant escalation = Instant.parse(firing.getString("firedAt")).plus(ESCALATION);
        Await.until(
                "the time at which it would have been escalated",
                Instant::now,
                now -> now.isAfter(escalation.plusSeconds(3)));
        assertThat(story(path)).noneMatch(event -> event.contains("escalated"));

        for (int i = 0; i < 40; i++) {
            call(0);
        }
        await("resolved");
        Await.until("that it is over, by mail and Slack", () -> mails.size() + posts.size(), count -> count >= 4);
        assertThat(mails).hasSize(2);
        assertThat(posts).hasSize(2);
        List<String> story = story(path);
        assertThat(story).anyMatch(event -> event.startsWith("state pending"));
        assertThat(story).anyMatch(event -> event.startsWith("state firing"));
        assertThat(story).anyMatch(event -> event.startsWith("told") && event.contains("firing"));
        assertThat(story).anyMatch(event -> event.startsWith("acknowledged"));
        assertThat(story).anyMatch(event -> event.startsWith("state resolved"));
        assertThat(story).anyMatch(event -> event.startsWith("told") && event.contains("resolved"));
        assertThat(story).noneMatch(event -> event.startsWith("told") && event.contains("escalated"));
    }
}
