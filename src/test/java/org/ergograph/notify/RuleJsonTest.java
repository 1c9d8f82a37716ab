package org.ergograph.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.ergograph.alert.OnNoData;
import org.ergograph.alert.Rule;
import org.ergograph.alert.Severity;
import org.ergograph.alert.ShippedRules;
import org.ergograph.web.JsonBody;
import org.ergograph.web.Problem;
import org.ergograph.web.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RuleJsonTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123456Z");

    /** Apostrophes stand for quotation marks. */
    private static Rule read(String json) {
        return RuleJson.read(
                JsonBody.parse(json.replace('\'', '"')), Duration.ofSeconds(30), Set.of("log", "email")::contains);
    }

    private static List<Problem.Fault> faults(String json) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> read(json));
        assertThat(refused).as("accepted: " + json).isNotNull();
        return refused.problem().errors();
    }

    @Test
    void ruleOfNameAndConditionHasTheDefaults() {
        Rule rule = read("{'name':'slow','condition':'p95 > 1.0'}");
        assertThat(rule.severity()).isEqualTo(Severity.WARNING);
        assertThat(rule.enabled()).isTrue();
        assertThat(rule.query().scope().text()).isEqualTo("system");
        assertThat(rule.query().window()).isEqualTo(Duration.ofMinutes(5));
        assertThat(rule.query().minSamples()).isEqualTo(1);
        assertThat(rule.timing().evaluationPeriod()).isEqualTo(Duration.ofMinutes(1));
        assertThat(rule.timing().hold()).isZero();
        assertThat(rule.timing().onNoData()).isEqualTo(OnNoData.KEEP);
        assertThat(rule.timing().autoResolve()).isTrue();
        assertThat(rule.notice().cooldown()).isEqualTo(Duration.ofHours(1));
        assertThat(rule.notice().escalation()).isEqualTo(Duration.ofMinutes(30));
        assertThat(rule.channels()).containsExactly("log");
    }

    @Test
    void everyFaultIsToldAtOnce() {
        assertThat(faults("{'condition':'count >','severity':'high','evaluationPeriod':'PT29S','cooldown':'PT2H1S',"
                        + "'channels':['nobody'],'firingOf':{'n':3},'labels':{'a b':'c'},'colour':'red'}"))
                .extracting(Problem.Fault::field)
                .containsExactlyInAnyOrder(
                        "name",
                        "severity",
                        "condition",
                        "evaluationPeriod",
                        "cooldown",
                        "channels",
                        "firingOf.m",
                        "labels.a b",
                        "colour");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            neither condition nor objective | {'name':'x'} | condition
            both | {'name':'x','condition':'count > 1','slo':{'objective':0.9}} | condition
            objective of all | {'name':'x','slo':{'objective':1}} | slo.objective
            objective without a number | {'name':'x','slo':{}} | slo.objective
            more than there are | {'name':'x','condition':'count > 1','firingOf':{'n':3,'m':2}} | firingOf.m
            cooldown under a minute | {'name':'x','condition':'count > 1','cooldown':'PT59S'} | cooldown
            period over an hour | {'name':'x','condition':'count > 1','evaluationPeriod':'PT1H1S'} | evaluationPeriod
            no such scope | {'name':'x','condition':'count > 1','scope':'galaxy'} | scope
            no such label | {'name':'x','condition':'count > 1','groupBy':['colour']} | groupBy
            no channel | {'name':'x','condition':'count > 1','channels':[]} | channels
            no such field in the message | {'name':'x','condition':'count > 1','messageTemplate':'{colour}'} | messageTemplate
            no such threshold | {'name':'x','condition':'p95 > threshold(\\"colour\\")'} | condition
            control character | {'name':'x','condition':'sample(\\"\\\\x00\\").count >= 0'} | condition
            window of an objective under a day | {'name':'x','slo':{'objective':0.99,'window':'PT23H'}} | slo.window
            word of another severity | {'name':'x','condition':'count > 1','severity':'critical','severityWord':'warning'} | severityWord
            word that the tool has for another | {'name':'x','condition':'count > 1','severity':'info','severityWord':'high'} | severityWord
            """)
    void faultNamesItsField(String why, String json, String field) {
        assertThat(faults(json)).as(why).extracting(Problem.Fault::field).contains(field);
    }

    @Test
    void faultOfAConditionSaysWhere() {
        assertThat(faults("{'name':'x','condition':'p95 >> 1'}"))
                .singleElement()
                .satisfies(fault -> assertThat(fault.allowed())
                        .startsWith("an expression: ")
                        .containsPattern("\\d"));
    }

    static List<Rule> shipped() {
        return ShippedRules.all();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void whatIsStoredIsWhatIsRead(Rule rule) {
        assertThat(new RuleRow(rule.id(), true, rule, NOW).rule())
                .usingRecursiveComparison()
                .ignoringFields("version")
                .isEqualTo(rule);
    }

    @Test
    void everyFieldIsWrittenAsItIsRead() {
        Rule rule = read("{'name':'x','condition':'p95 > 2.0','clearCondition':'p95 < 1.0','severity':'emergency',"
                + "'severityWord':'critical','messageTemplate':'{value} is much','channels':['email','log'],"
                + "'evaluationPeriod':'PT30S','for':'PT1M','cooldown':'PT2H','escalation':'PT0S','autoResolve':false,"
                + "'enabled':false,'scope':'tool','window':'PT10M','keepFiringFor':'PT3M','minSamples':7,"
                + "'firingOf':{'n':2,'within':'PT5M'},'onNoData':'fire','groupBy':['tool'],'labels':{'team':'a'}}");
        String written = RuleJson.definition(rule).build().toString();
        assertThat(RuleJson.read(JsonBody.parse(written), Duration.ofSeconds(30), channel -> true))
                .isEqualTo(rule);
        assertThat(RuleJson.json(rule).getString("severityWord")).isEqualTo("critical");
    }
}
