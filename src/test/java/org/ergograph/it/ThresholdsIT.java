package org.ergograph.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThresholdsIT extends DeployedWar {
    private static final String THRESHOLDS = "/api/v1/settings/thresholds";
    /** Nobody else asks for it. */
    private static final String TOKEN = THRESHOLDS + "/token_validation";

    private static JsonObject json(HttpResponse<String> response) {
        return Json.createReader(new StringReader(response.body())).readObject();
    }

    @BeforeEach
    void open() throws Exception {
        Await.until("the schema is there", () -> server.get(THRESHOLDS).statusCode(), status -> status == 200);
    }

    @AfterEach
    void reset() throws Exception {
        assertThat(server.send(server.request(TOKEN).DELETE()).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> put(String path, String body) throws Exception {
        return server.send(
                server.request(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(body)));
    }

    @Test
    void allAreToldWithTheirDefaults() throws Exception {
        assertThat(json(server.get(THRESHOLDS)).getJsonArray("items")).hasSize(17);
        JsonObject p95 = json(server.get(THRESHOLDS + "/p95_response_time"));
        assertThat(p95.getJsonNumber("default").doubleValue()).isEqualTo(1.0);
        assertThat(p95.getString("unit")).isEqualTo("s");
    }

    @Test
    void changeHoldsUntilItIsTakenBackAndIsRemembered() throws Exception {
        HttpResponse<String> changed = put(TOKEN, "{\"value\": 0.35, \"comment\": \"the issuer is far away\"}");
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        HttpResponse<String> read = server.get(TOKEN);
        assertThat(json(read).getJsonNumber("value").doubleValue()).isEqualTo(0.35);
        assertThat(json(read).getBoolean("changed")).isTrue();
        String tag = read.headers().firstValue("ETag").orElseThrow();
        assertThat(changed.headers().firstValue("ETag")).hasValue(tag);

        assertThat(server.send(server.request(TOKEN).header("If-Match", tag).DELETE())
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.send(server.request(TOKEN).header("If-Match", tag).DELETE())
                        .statusCode())
                .isEqualTo(412);
        assertThat(json(server.get(TOKEN)).getJsonNumber("value").doubleValue()).isEqualTo(0.2);

        JsonObject page = json(server.get(THRESHOLDS + "/history?name=token_validation&limit=1"));
        JsonObject back = page.getJsonArray("items").getJsonObject(0);
        assertThat(back.getBoolean("toDefault")).isTrue();
        JsonObject before = json(server.get(
                        THRESHOLDS + "/history?name=token_validation&limit=1&cursor=" + page.getString("nextCursor")))
                .getJsonArray("items")
                .getJsonObject(0);
        assertThat(before.getString("comment")).isEqualTo("the issuer is far away");
        assertThat(before.getJsonNumber("to").doubleValue()).isEqualTo(0.35);
        Await.until(
                "the change is in the audit log",
                () -> server.get("/api/v1/audit?kind=admin&limit=1000").body(),
                body -> body.contains("threshold token_validation"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "token_validation   | {\"value\": 0}             | 400 | a number from 0.001 to 3600",
                "token_validation   | {\"value\": \"1\"}         | 400 | a number from 0.001 to 3600",
                "token_validation   | {}                         | 400 | value",
                "token_validation   | {\"value\": 1, \"why\": 1} | 400 | why",
                "cache_ping         | {\"value\": 0.2}           | 422 | below 0.2, the value of cache_ping_critical",
                "cache_hit_rate     | {\"value\": 0.4}           | 422 | above 0.5, the value of cache_hit_rate_critical",
                "colour             | {\"value\": 1}             | 404 | threshold",
            })
    void whatIsWrongIsNamed(String name, String body, int status, String part) throws Exception {
        HttpResponse<String> refused = put(THRESHOLDS + "/" + name, body);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(status);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(refused.body()).contains(part);
    }
}
