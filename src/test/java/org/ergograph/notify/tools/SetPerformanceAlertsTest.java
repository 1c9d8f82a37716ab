package org.ergograph.notify.tools;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import org.ergograph.alert.condition.Condition;
import org.ergograph.tool.Arguments;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetPerformanceAlertsTest {
    private static JsonObject wish(String arguments, @Nullable JsonObject existing) {
        return SetPerformanceAlerts.wish(new Arguments(JsonText.parse(arguments)), existing);
    }

    @ParameterizedTest(name = "{0} {1} {2} is {3}")
    @CsvSource(textBlock = """
        cpu,            gt,  80,   cpu_usage > 80.0
        memory,         gte, 85.5, memory_usage >= 85.5
        execution_time, lt,  0.25, p95 < 0.25
        error_rate,     lte, 1,    error_rate <= 1.0
        error_rate,     eq,  0,    error_rate == 0.0
        """)
    void metricOperatorAndThresholdAreACondition(String metric, String operator, String threshold, String condition) {
        JsonObject wish = wish(
                "{\"alert_name\":\"a\",\"metric_type\":\"" + metric + "\",\"threshold_operator\":\"" + operator
                        + "\",\"threshold_value\":" + threshold + "}",
                null);
        assertThat(wish.getString("condition")).isEqualTo(condition);
        assertThat(Condition.parse(condition)).hasToString(condition);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(textBlock = """
        low,      info
        medium,   warning
        high,     critical
        critical, emergency
        """)
    void severityIsTheSameFourInOrderAndItsWordIsKept(String word, String severity) {
        JsonObject wish = wish(
                "{\"alert_name\":\"a\",\"metric_type\":\"cpu\",\"threshold_value\":1,\"alert_severity\":\"" + word
                        + "\"}",
                null);
        assertThat(wish.getString("severity")).isEqualTo(severity);
        assertThat(wish.getString("severityWord")).isEqualTo(word);
    }

    @Test
    void whatIsNotGivenIsAsTheContractSays() {
        JsonObject wish = wish("{\"alert_name\":\"a\",\"metric_type\":\"cpu\",\"threshold_value\":80}", null);
        assertThat(wish.getString("condition")).isEqualTo("cpu_usage > 80.0");
        assertThat(wish.getString("severityWord")).isEqualTo("medium");
        assertThat(wish.getString("scope")).isEqualTo("system");
        assertThat(wish.getJsonArray("channels").getValuesAs(JsonString::getString))
                .containsExactly("log");
        assertThat(wish.getString("evaluationPeriod")).isEqualTo("PT5M");
        assertThat(wish.getString("cooldown")).isEqualTo("PT15M");
        assertThat(wish.getString("window")).isEqualTo("PT5M");
        assertThat(wish.getBoolean("autoResolve")).isTrue();
        assertThat(wish.getJsonObject("labels")).isEmpty();
    }

    @Test
    void windowIsNotShorterThanThePauseBetweenTwoEvaluations() {
        JsonObject wish = wish(
                "{\"alert_name\":\"a\",\"metric_type\":\"cpu\",\"threshold_value\":80,\"evaluation_period\":3570}",
                null);
        assertThat(wish.getString("evaluationPeriod")).isEqualTo("PT59M30S");
        assertThat(wish.getString("window")).isEqualTo("PT1H");
    }

    @Test
    void autoResolutionIsNotedAndTakenBack() {
        JsonObject noted = wish(
                "{\"alert_name\":\"a\",\"metric_type\":\"cpu\",\"threshold_value\":80,\"auto_resolution\":true}", null);
        assertThat(noted.getJsonObject("labels").getString("auto_resolution")).isEqualTo("true");
        assertThat(wish("{\"alert_name\":\"a\",\"metric_type\":\"cpu\",\"threshold_value\":80}", noted)
                        .getJsonObject("labels"))
                .isEmpty();
    }

    @Test
    void ruleOfThatNameKeepsWhatTheToolDoesNotSpeakOf() {
        JsonObject existing = JsonText.parse(
                "{\"name\":\"a\",\"for\":\"PT3M\",\"messageTemplate\":\"look\",\"condition\":\"p99 > 3\","
                        + "\"clearCondition\":\"p99 < 1\",\"labels\":{\"team\":\"core\"},\"groupBy\":[\"tool\"]}");
        JsonObject wish =
                wish("{\"alert_name\":\"a\",\"metric_type\":\"error_rate\",\"threshold_value\":0.5}", existing);
        assertThat(wish.getString("for")).isEqualTo("PT3M");
        assertThat(wish.getString("messageTemplate")).isEqualTo("look");
        assertThat(wish.getJsonObject("labels").getString("team")).isEqualTo("core");
        assertThat(wish.getString("condition")).isEqualTo("error_rate > 0.5");
        assertThat(wish.isNull("clearCondition")).isTrue();
        assertThat(wish.getJsonArray("groupBy")).isEmpty();
    }

    @Test
    void parametersAreThoseOfTheContract() {
        JsonObject properties = JsonText.parse(AlertSchemas.SET_INPUT).getJsonObject("properties");
        assertThat(properties.keySet())
                .containsExactlyInAnyOrder(
                        "alert_name",
                        "metric_type",
                        "threshold_value",
                        "threshold_operator",
                        "alert_severity",
                        "notification_channels",
                        "monitoring_scope",
                        "evaluation_period",
                        "alert_cooldown",
                        "auto_resolution");
        assertThat(properties.getJsonObject("alert_name").getInt("maxLength")).isEqualTo(100);
        assertThat(properties.getJsonObject("evaluation_period").getInt("minimum"))
                .isEqualTo(30);
        assertThat(properties.getJsonObject("evaluation_period").getInt("maximum"))
                .isEqualTo(3600);
        assertThat(properties.getJsonObject("alert_cooldown").getInt("minimum")).isEqualTo(60);
        assertThat(properties.getJsonObject("alert_cooldown").getInt("maximum")).isEqualTo(7200);
        for (String schema : new String[] {
            AlertSchemas.SET_OUTPUT,
            AlertSchemas.LIST_INPUT,
            AlertSchemas.LIST_OUTPUT,
            AlertSchemas.ACKNOWLEDGE_INPUT,
            AlertSchemas.ALERT_OUTPUT,
            AlertSchemas.SILENCE_INPUT,
            AlertSchemas.SILENCE_OUTPUT,
            AlertSchemas.BACK_TEST_INPUT,
            AlertSchemas.BACK_TEST_OUTPUT
        }) {
            assertThat(JsonText.parse(schema).getString("type")).isEqualTo("object");
        }
    }
}
