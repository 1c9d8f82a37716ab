package org.ergograph.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A rule made over REST, the traffic that breaks it, and what becomes of its alert. */
class AlertingIT extends DeployedWar {
    private static final String RULES = "/api/v1/alert-rules";

    private HttpResponse<String> send(String method, String path, String json) throws Exception {
        return server.send(server.request(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(json.replace('\'', '"'))));
    }

    private JsonObject sent(String method, String path, int status, String json) throws Exception {
        HttpResponse<String> answer = send(method, path, json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return Json.object(answer.body());
    }

    private JsonObject get(String path) throws Exception {
        HttpResponse<String> answer = server.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.object(answer.body());
    }

    private JsonArray alerts(String rule) throws Exception {
        return get("/api/v1/alerts?rule=" + rule).getJsonArray("items");
    }

    private JsonObject await(String rule, String state) throws Exception {
        return Await.until(
                        "alert of " + rule + " is " + state,
                        () -> alerts(rule),
                        items -> !items.isEmpty()
                                && items.getJsonObject(0).getString("state").equals(state))
                .getJsonObject(0);
    }

    @Test
    void alertFiresIsAcknowledgedAndResolved() throws Exception {
        JsonObject rule = sent(
                "POST",
                RULES,
                201,
                "{'name':'it_no_such_check','condition':'count >= 5','scope':'http:GET /api/v1/health/{name}',"
                        + "'evaluationPeriod':'PT1S','window':'PT1M','severity':'critical'}");
        for (int i = 0; i < 5; i++) {
            assertThat(server.get("/api/v1/health/no-such-check").statusCode()).isEqualTo(404);
        }
        JsonObject firing = await("it_no_such_check", "firing");
        assertThat(firing.getString("severity")).isEqualTo("critical");
        assertThat(firing.getJsonNumber("value").doubleValue()).isGreaterThanOrEqualTo(5);

        String alert = "/api/v1/alerts/" + firing.getString("id");
        sent("POST", alert + "/acknowledge", 200, "{'owner':'ada','comment':'looking','expiresIn':'PT1H'}");
        assertThat(get(alert).getJsonObject("acknowledgement").getString("owner"))
                .isEqualTo("ada");
        sent(
                "PUT",
                RULES + "/" + rule.getString("id"),
                200,
                "{'name':'it_no_such_check','condition':'count >= 1000000','scope':'http:GET /api/v1/health/{name}',"
                        + "'evaluationPeriod':'PT1S','window':'PT1M','severity':'critical'}");
        await("it_no_such_check", "resolved");
        List<String> kinds = get(alert).getJsonArray("events").getValuesAs(JsonObject.class).stream()
                .map(event -> event.getString("kind"))
                .toList();
        assertThat(kinds).contains("state", "told", "acknowledged");
        assertThat(server.send(server.request(RULES + "/" + rule.getString("id"))
                                .DELETE())
                        .statusCode())
                .isEqualTo(204);
        Await.until(
                "what was done is in the audit log",
                () -> server.get("/api/v1/audit?kind=admin&limit=1000").body(),
                body -> body.contains("rule it_no_such_check")
                        && body.contains("alert it_no_such_check")
                        && body.contains("acknowledge"));
        assertThat(get("/api/v1/metrics/summary?hours=1")
                        .getJsonObject("alerts")
                        .getInt("critical"))
                .isPositive();
    }

    @Test
    void everyFaultOfARuleIsToldAtOnce() throws Exception {
        JsonObject problem = sent(
                "POST",
                RULES,
                400,
                "{'name':'x','condition':'count >','cooldown':'PT1S','channels':['nobody'],'surprise':1}");
        assertThat(problem.getJsonArray("errors").getValuesAs(JsonObject.class))
                .extracting(error -> error.getString("field"))
                .containsExactlyInAnyOrder("condition", "cooldown", "channels", "surprise");
    }

    @Test
    void shippedRuleCanBeChangedButNotDeleted() throws Exception {
        JsonObject rules = Await.until(
                "the rules that come with the product",
                () -> get(RULES + "?shipped=true&limit=1"),
                page -> !page.getJsonArray("items").isEmpty());
        String path = RULES + "/" + rules.getJsonArray("items").getJsonObject(0).getString("id");
        assertThat(server.send(server.request(path).DELETE()).statusCode()).isEqualTo(409);
        JsonObject shipped = get(path);
        JsonObject given = jakarta.json.Json.createObjectBuilder(shipped)
                .remove("id")
                .remove("version")
                .remove("shipped")
                .build();
        JsonObject other = jakarta.json.Json.createObjectBuilder(given)
                .add("cooldown", "PT1H17M")
                .build();
        JsonObject changed = sent("PUT", path, 200, other.toString());
        assertThat(changed.getString("cooldown")).isEqualTo("PT1H17M");
        assertThat(changed.getBoolean("shipped")).isTrue();
        assertThat(sent("PUT", path, 200, given.toString()).getString("cooldown"))
                .isEqualTo(shipped.getString("cooldown"));
    }

    @Test
    void silenceBeginsAndEnds() throws Exception {
        JsonObject silence = sent(
                "POST",
                "/api/v1/silences",
                201,
                "{'matchers':[{'name':'alertname','value':'it_.*_none','isRegex':true}],'endsAt':'2099-01-01T00:00:00Z',"
                        + "'createdBy':'ada','comment':'test'}");
        assertThat(silence.getString("status")).isEqualTo("active");
        String path = "/api/v1/silences/" + silence.getString("id");
        assertThat(server.send(server.request(path).DELETE()).statusCode()).isEqualTo(204);
        assertThat(get(path).getString("status")).isEqualTo("expired");
        JsonObject inhibition = sent(
                "POST",
                "/api/v1/inhibitions",
                201,
                "{'name':'it_none','sourceMatchers':[{'name':'alertname','value':'it_a'}],"
                        + "'targetMatchers':[{'name':'alertname','value':'it_b'}]}");
        assertThat(server.send(server.request("/api/v1/inhibitions/" + inhibition.getString("id"))
                                .DELETE())
                        .statusCode())
                .isEqualTo(204);
    }
}
