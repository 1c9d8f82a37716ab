package org.ergograph.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;
import org.ergograph.alert.Rule;
import org.ergograph.alert.ShippedRules;
import org.ergograph.alert.routing.Silence;
import org.ergograph.history.TestDatabase;
import org.ergograph.notify.Statement.Acknowledge;
import org.ergograph.notify.Statement.Resolve;
import org.ergograph.web.JsonBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written and told of alerts, in real databases, by one node and by several. */
class AlertEngineTest {
    private static final String EACH_TOOL = "{'name':'broken','condition':'error_rate > 0.5','scope':'tool',"
            + "'groupBy':['tool'],'evaluationPeriod':'PT1S','window':'PT5M','severity':'critical'%s}";

    private final MovableTime time = new MovableTime();
    private final List<TestNode> nodes = new ArrayList<>();

    @AfterEach
    void close() {
        nodes.forEach(TestNode::close);
    }

    private TestNode node(String name, DataSource dataSource, TestFacts facts) {
        TestNode node = new TestNode(name, dataSource, time, facts);
        nodes.add(node);
        return node;
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void alertHasItsWholeStory(String product) {
        TestFacts facts = new TestFacts().tools(1);
        TestNode node = node("a", TestDatabase.of(product), facts);
        node.rule(EACH_TOOL.formatted(",'for':'PT2S','keepFiringFor':'PT2S'"));
        node.tick();
        assertThat(node.alerts()).isEmpty();

        facts.breakAll();
        node.tick();
        assertThat(node.alerts())
                .singleElement()
                .satisfies(row -> assertThat(row.state).isEqualTo("pending"));
        node.tick();
        node.tick();
        AlertRow firing = node.alerts().get(0);
        assertThat(firing.state).isEqualTo("firing");
        assertThat(firing.severity).isEqualTo("critical");
        assertThat(node.told()).containsExactly("firing " + firing.id);

        time.advance(Duration.ofMillis(1));
        node.say(firing.id, new Acknowledge("ada", "looking", null));
        node.tick();
        assertThat(node.alerts().get(0).acknowledgement()).isNotNull();
        assertThat(AlertJson.json(node.alerts().get(0))
                        .build()
                        .getJsonObject("acknowledgement")
                        .getString("owner"))
                .isEqualTo("ada");

        facts.mendAll();
        node.tick();
        assertThat(node.alerts().get(0).state).isEqualTo("resolving");
        time.advance(Duration.ofMinutes(6));
        node.tick();
        AlertRow over = node.alerts().get(0);
        assertThat(over.state).isEqualTo("resolved");
        assertThat(over.closedAt).isNotNull();
        assertThat(node.told()).containsExactly("firing " + firing.id, "resolved " + firing.id);
        assertThat(node.events(firing.id).stream().map(event -> event.substring(0, event.indexOf(':'))))
                .containsExactly("state", "state", "told", "acknowledged", "held", "state", "state", "told");
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void pendingThatGoesAwayLeavesNothing(String product) {
        TestFacts facts = new TestFacts().tools(3);
        DataSource dataSource = TestDatabase.of(product);
        TestNode node = node("a", dataSource, facts);
        node.rule(EACH_TOOL.formatted(",'for':'PT1M'"));
        facts.breakAll();
        node.tick();
        assertThat(node.alerts()).hasSize(3);
        facts.mendAll();
        node.tick();
        assertThat(node.alerts()).isEmpty();
        assertThat(TestDatabase.rows(dataSource, "select count(*) from alert_event"))
                .containsExactly("0");
    }

    @Test
    void channelThatTheRuleNoLongerNamesIsToldThatItIsOver() {
        TestFacts facts = new TestFacts().tools(1);
        facts.breakAll();
        TestNode node = node("a", TestDatabase.of("h2"), facts);
        Rule rule = node.rule(EACH_TOOL.formatted(",'channels':['ops']"));
        node.tick();
        AlertRow firing = node.alerts().get(0);
        assertThat(node.toldOn("ops")).containsExactly("firing " + firing.id);

        node.change(rule, EACH_TOOL.formatted(",'channels':['log']"));
        time.advance(Duration.ofMinutes(6));
        node.tick();
        assertThat(node.toldOn("ops")).hasSize(1);

        facts.mendAll();
        time.advance(Duration.ofMinutes(6));
        node.tick();
        assertThat(node.toldOn("ops")).containsExactly("firing " + firing.id, "resolved " + firing.id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void restartNeitherForgetsNorTellsAgain(String product) {
        TestFacts facts = new TestFacts().tools(5);
        facts.breakAll();
        DataSource dataSource = TestDatabase.of(product);
        TestNode before = node("a", dataSource, facts);
        before.rule(EACH_TOOL.formatted(""));
        before.tick();
        before.tick();
        assertThat(before.told()).hasSize(5);
        List<String> ids = before.alerts().stream().map(row -> row.id).toList();

        TestNode.expireLease(dataSource);
        TestNode after = node("b", dataSource, facts);
        after.tick();
        after.tick();
        assertThat(after.told()).hasSize(5);
        assertThat(after.alerts().stream().map(row -> row.id)).isEqualTo(ids);

        facts.mendAll();
        time.advance(Duration.ofMinutes(6));
        after.tick();
        assertThat(after.told()).hasSize(10);
        assertThat(after.alerts()).allSatisfy(row -> assertThat(row.state).isEqualTo("resolved"));
    }

    @Test
    void twoHundredAlertsAreToldOnceEachThoughWhoeverEvaluatesDiesTenTimes() {
        Random random = new Random(7);
        TestFacts facts = new TestFacts().tools(200);
        DataSource dataSource = TestDatabase.of("postgresql");
        TestNode first = node("n0", dataSource, facts);
        first.rule(EACH_TOOL.formatted(""));
        first.tick();
        facts.breakAll();
        List<TestNode> alive = new ArrayList<>(List.of(first, node("n1", dataSource, facts)));
        for (int death = 0; death < 10; death++) {
            int ticks = random.nextInt(3);
            for (int i = 0; i < ticks; i++) {
                alive.forEach(TestNode::tick);
            }
            alive.remove(random.nextInt(2));
            TestNode.expireLease(dataSource);
            alive.add(random.nextInt(2), node("m" + death, dataSource, facts));
        }
        alive.forEach(TestNode::tick);
        alive.forEach(TestNode::tick);
        assertThat(first.alerts())
                .hasSize(200)
                .allSatisfy(row -> assertThat(row.state).isEqualTo("firing"));
        assertThat(first.told()).hasSize(200).doesNotHaveDuplicates();
    }

    @Test
    void whatPeopleSayTakesEffectAtTheNextTick() {
        TestFacts facts = new TestFacts().tools(1);
        facts.breakAll();
        TestNode node = node("a", TestDatabase.of("h2"), facts);
        Rule rule = node.rule(EACH_TOOL.formatted(""));
        node.tick();
        String id = node.alerts().get(0).id;

        Silence silence = SilenceJson.read(
                "s1",
                JsonBody.parse("{\"matchers\":[{\"name\":\"tool\",\"value\":\"t.*\",\"isRegex\":true}],"
                        + "\"endsAt\":\"2026-11-02T00:00:00Z\",\"createdBy\":\"ada\"}"),
                time.now());
        node.in(() -> node.definitions.insert(new SilenceRow(silence, time.now())));
        node.tick();
        assertThat(AlertJson.json(node.alerts().get(0))
                        .build()
                        .getJsonArray("silencedBy")
                        .toString())
                .isEqualTo("[\"s1\"]");
        assertThat(node.events(id)).anyMatch(event -> event.equals("silenced: silenced by s1"));

        node.say(id, new Resolve("ada", "known"));
        facts.mendAll();
        node.tick();
        assertThat(node.alerts().get(0).state).isEqualTo("resolved");
        assertThat(node.told()).containsExactly("firing " + id);
        assertThat(node.say(id, new Acknowledge("ada", "", null))).isEmpty();

        facts.breakAll();
        node.tick();
        assertThat(node.alerts()).hasSize(2);
        node.in(() -> node.definitions.delete(RuleRow.class, rule.id(), "*"));
        node.tick();
        assertThat(node.alerts()).allSatisfy(row -> assertThat(row.state).isEqualTo("resolved"));
    }

    @Test
    void clockThatIsMovedFiresResolvesAndRepeatsNothing() {
        TestFacts facts = new TestFacts().tools(2);
        TestNode node = node("a", TestDatabase.of("h2"), facts);
        node.rule(EACH_TOOL.formatted(",'for':'PT10M','keepFiringFor':'PT10M'"));
        facts.breakAll();
        node.tick();
        for (int hours : new int[] {1, -1, -1, 1}) {
            time.move(Duration.ofHours(hours));
            node.tick();
            assertThat(node.alerts()).allSatisfy(row -> assertThat(row.state).isEqualTo("pending"));
        }
        for (int minute = 0; minute < 10; minute++) {
            time.advance(Duration.ofMinutes(1));
            node.tick();
        }
        assertThat(node.told()).hasSize(2);
        facts.mendAll();
        node.tick();
        for (int hours : new int[] {1, -1, -1, 1}) {
            time.move(Duration.ofHours(hours));
            node.tick();
        }
        assertThat(node.alerts()).allSatisfy(row -> assertThat(row.state).isEqualTo("resolving"));
    }

    @Test
    void ruleThatCannotBeEvaluatedStopsNoOther() {
        TestFacts facts = new TestFacts().tools(1);
        facts.breakAll();
        TestNode node = node("a", TestDatabase.of("h2"), facts);
        node.rule(EACH_TOOL.formatted(""));
        node.tick();
        facts.unreadable(true);
        node.tick();
        assertThat(node.alerts().get(0).state).isEqualTo("error");
        assertThat(node.counts.failures()).isPositive();
        facts.unreadable(false);
        node.tick();
        assertThat(node.alerts().get(0).state).isEqualTo("firing");
        assertThat(node.told()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void nodesGoOnAloneWhileTheDatabaseIsOutAndAgreeAfterwards(String product) {
        TestFacts facts = new TestFacts().tools(1);
        DataSource dataSource = TestDatabase.of(product);
        TestNode a = node("a", dataSource, facts);
        TestNode b = node("b", dataSource, facts);
        a.rule(EACH_TOOL.formatted(""));
        a.tick();
        time.advance(Duration.ofSeconds(20));
        b.tick();
        a.tick();

        a.databaseOut(true);
        b.databaseOut(true);
        facts.breakAll();
        for (int i = 0; i < 12; i++) {
            a.tick();
            b.tick();
        }
        assertThat(a.outbox.spilled()).hasSize(1);
        assertThat(b.outbox.spilled()).hasSize(1);
        assertThat(a.told()).isEmpty();

        a.databaseOut(false);
        b.databaseOut(false);
        a.tick();
        b.tick();
        a.tick();
        String ofA = a.outbox.spilled().get(0).alertId();
        String ofB = b.outbox.spilled().get(0).alertId();
        assertThat(a.alerts().stream().map(row -> row.id + " " + row.state))
                .containsExactlyInAnyOrder(ofA + " firing", ofB + " resolved");
        assertThat(a.told()).containsExactly("resolved " + ofB);

        facts.mendAll();
        time.advance(Duration.ofMinutes(6));
        a.tick();
        assertThat(a.told()).containsExactly("resolved " + ofB, "resolved " + ofA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void alertThatTheDatabaseRefusesStopsNoOther(String product) {
        TestFacts facts = new TestFacts().tools(2).tool("x".repeat(20_000));
        facts.breakAll();
        TestNode node = node("a", TestDatabase.of(product), facts);
        node.rule(EACH_TOOL.formatted(""));
        node.tick();
        node.tick();
        assertThat(node.alerts())
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.state).isEqualTo("firing"));
        assertThat(node.told()).hasSize(2);
        assertThat(node.counts.failures()).isPositive();
        facts.mendAll();
        time.advance(Duration.ofMinutes(6));
        node.tick();
        assertThat(node.alerts()).allSatisfy(row -> assertThat(row.state).isEqualTo("resolved"));
        assertThat(node.told()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void alertThatAloneCannotBeWrittenStopsNoOtherRule(String product) {
        TestFacts facts = new TestFacts().tool("x".repeat(20_000));
        facts.breakAll();
        TestNode node = node("a", TestDatabase.of(product), facts);
        node.rule(EACH_TOOL.formatted(""));
        node.rule("{'name':'twice','condition':'error_rate < 0.5','evaluationPeriod':'PT1S',"
                + "'firingOf':{'n':4,'m':8}}");
        for (int i = 0; i < 3; i++) {
            node.tick();
        }
        facts.mendAll();
        for (int i = 0; i < 4; i++) {
            node.tick();
        }
        assertThat(node.alerts())
                .extracting(row -> row.ruleName + " " + row.state)
                .containsExactly("twice firing");
    }

    @Test
    void changedRuleIsEvaluatedAtOnce() {
        TestFacts facts = new TestFacts().tools(1);
        TestNode node = node("a", TestDatabase.of("h2"), facts);
        Rule rule = node.rule(EACH_TOOL.formatted("").replace("PT1S", "PT1H"));
        node.tick();
        facts.breakAll();
        node.tick();
        assertThat(node.alerts()).as("due in an hour").isEmpty();
        node.change(rule, EACH_TOOL.formatted(""));
        node.tick();
        assertThat(node.alerts()).hasSize(1);
    }

    @Test
    void failedRoundForgetsNothingOfWhatHasNotBegun() {
        TestFacts facts = new TestFacts().tools(1);
        facts.breakAll();
        TestNode node = node("a", TestDatabase.of("h2"), facts);
        node.rule(EACH_TOOL.formatted(",'firingOf':{'n':4,'m':8}"));
        node.tick();
        node.tick();
        node.readingFails(true);
        node.tick();
        node.readingFails(false);
        node.tick();
        node.tick();
        assertThat(node.alerts())
                .singleElement()
                .satisfies(row -> assertThat(row.state).isEqualTo("firing"));
    }

    /** The node that evaluates dies, and another one goes on. */
    private TestNode takeOver(DataSource dataSource, TestFacts facts) {
        TestNode.expireLease(dataSource);
        return node("b", dataSource, facts);
    }

    @Test
    void slowBurnIsNoWorseAfterATakeOver() {
        TestFacts facts = new TestFacts().tools(1).errors(5);
        facts.breakAll();
        DataSource dataSource = TestDatabase.of("h2");
        TestNode before = node("a", dataSource, facts);
        before.rule("{'name':'burn','slo':{'objective':0.99},'scope':'tool','groupBy':['tool'],"
                + "'evaluationPeriod':'PT1S','severity':'critical'}");
        before.tick();
        assertThat(before.alerts()).extracting(row -> row.severity).containsExactly("warning");

        TestNode after = takeOver(dataSource, facts);
        facts.unreadable(true);
        after.tick();
        assertThat(after.alerts())
                .extracting(row -> row.state + " " + row.severity)
                .containsExactly("error warning");
        assertThat(AlertJson.json(after.alerts().get(0)).build().getString("severityWord"))
                .isEqualTo("warning");
    }

    @Test
    void statementThatSomethingIsResolvedIsActedOnByWhoeverTakesOver() {
        TestFacts facts = new TestFacts().tools(1);
        facts.breakAll();
        DataSource dataSource = TestDatabase.of("h2");
        TestNode before = node("a", dataSource, facts);
        before.rule(EACH_TOOL.formatted(",'keepFiringFor':'PT1H'"));
        before.tick();
        before.say(before.alerts().get(0).id, new Resolve("ada", "known"));
        facts.mendAll();
        TestNode after = takeOver(dataSource, facts);
        after.tick();
        AlertRow row = after.alerts().get(0);
        assertThat(row.state).isEqualTo("resolved");
        assertThat(after.events(row.id)).contains("state: resolved by ada");
    }

    @Test
    void statementThatSomethingIsResolvedOutlivesAFailedRound() {
        TestFacts facts = new TestFacts().tools(1);
        facts.breakAll();
        TestNode node = node("a", TestDatabase.of("h2"), facts);
        node.rule(EACH_TOOL.formatted(",'keepFiringFor':'PT1H'"));
        node.tick();
        node.say(node.alerts().get(0).id, new Resolve("ada", "known"));
        facts.mendAll();
        node.readingFails(true);
        node.tick();
        node.readingFails(false);
        node.tick();
        assertThat(node.alerts()).extracting(row -> row.state).containsExactly("resolved");
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void alertOfADeletedRuleIsToldToBeOverByWhoeverTakesOver(String product) {
        TestFacts facts = new TestFacts().tools(1);
        facts.breakAll();
        DataSource dataSource = TestDatabase.of(product);
        TestNode before = node("a", dataSource, facts);
        Rule rule = before.rule(EACH_TOOL.formatted(""));
        before.tick();
        String id = before.alerts().get(0).id;
        before.in(() -> before.definitions.delete(RuleRow.class, rule.id(), "*"));

        TestNode after = takeOver(dataSource, facts);
        time.advance(Duration.ofMinutes(6));
        after.tick();
        assertThat(after.alerts()).extracting(row -> row.state).containsExactly("resolved");
        assertThat(after.events(id)).contains("state: its rule was deleted");
        assertThat(after.told()).containsExactly("firing " + id, "resolved " + id);
    }

    @Test
    void ruleThatThisVersionCannotReadIsNotDeleted() {
        TestFacts facts = new TestFacts().tools(1);
        facts.breakAll();
        DataSource dataSource = TestDatabase.of("h2");
        TestNode before = node("a", dataSource, facts);
        before.rule(EACH_TOOL.formatted(""));
        before.tick();
        TestDatabase.execute(
                dataSource,
                "update alert_rule set definition = '{\"future\":1}', version = version + 1 where name = 'broken'");
        before.tick();
        assertThat(before.alerts()).extracting(row -> row.state).containsExactly("firing");

        TestNode after = takeOver(dataSource, facts);
        after.tick();
        after.tick();
        assertThat(after.alerts()).extracting(row -> row.state).containsExactly("firing");

        TestDatabase.execute(dataSource, "update alert set details = replace(details, '\"definition\"', '\"future\"')");
        TestNode last = takeOver(dataSource, facts);
        last.tick();
        last.tick();
        assertThat(last.alerts())
                .as("nothing is known of its rule at all")
                .extracting(row -> row.state)
                .containsExactly("firing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'groupBy':['tool']>'groupBy':[]", "'scope':'tool'>'scope':'tool:t*'"})
    void alertOfARuleThatLooksAtSomethingElseSinceTheTakeOverEnds(String change) {
        TestFacts facts = new TestFacts().tools(1);
        facts.breakAll();
        DataSource dataSource = TestDatabase.of("h2");
        TestNode before = node("a", dataSource, facts);
        Rule rule = before.rule(EACH_TOOL.formatted(""));
        before.tick();
        String id = before.alerts().get(0).id;
        String[] words = change.split(">", 2);
        before.change(rule, EACH_TOOL.formatted("").replace(words[0], words[1]));

        TestNode after = takeOver(dataSource, facts);
        after.tick();
        assertThat(after.events(id)).contains("state: its rule looks at something else now");
        assertThat(after.alerts()).extracting(row -> row.state).containsExactlyInAnyOrder("resolved", "firing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void endThatASilenceHeldBackForDaysIsToldAfterARestart(String product) {
        TestFacts facts = new TestFacts().tools(1);
        facts.breakAll();
        DataSource dataSource = TestDatabase.of(product);
        TestNode before = node("a", dataSource, facts);
        before.rule(EACH_TOOL.formatted(""));
        before.tick();
        String id = before.alerts().get(0).id;
        Silence silence = SilenceJson.read(
                "s1",
                JsonBody.parse("{\"matchers\":[{\"name\":\"tool\",\"value\":\"t000\"}],\"endsAt\":\""
                        + time.now().plus(Duration.ofHours(40)) + "\",\"createdBy\":\"ada\"}"),
                time.now());
        before.in(() -> before.definitions.insert(new SilenceRow(silence, time.now())));
        facts.mendAll();
        before.tick();
        assertThat(before.alerts()).extracting(row -> row.state).containsExactly("resolved");
        time.advance(Duration.ofHours(30));

        TestNode after = takeOver(dataSource, facts);
        after.tick();
        assertThat(after.told()).containsExactly("firing " + id);
        time.advance(Duration.ofHours(12));
        after.tick();
        assertThat(after.told()).containsExactly("firing " + id, "resolved " + id);

        takeOver(dataSource, facts).tick();
        assertThat(after.told()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void nodeThatAloneLosesTheDatabaseEndsNothingOfTheOthers(String product) {
        TestFacts broken = new TestFacts().tools(1);
        broken.breakAll();
        DataSource dataSource = TestDatabase.of(product);
        TestNode a = node("a", dataSource, broken);
        TestNode b = node("b", dataSource, new TestFacts().tools(1));
        Rule gone = a.rule("{'name':'gone','condition':'count >= 0','evaluationPeriod':'PT1S'}");
        a.rule(EACH_TOOL.formatted(""));
        a.tick();
        time.advance(Duration.ofSeconds(20));
        b.tick();
        a.tick();
        b.databaseOut(true);
        for (int i = 0; i < 8; i++) {
            a.tick();
            b.tick();
        }
        time.advance(Duration.ofMinutes(6));
        b.tick();
        a.in(() -> a.definitions.delete(RuleRow.class, gone.id(), "*"));
        b.tick();
        assertThat(b.outbox.spilled()).isEmpty();

        b.databaseOut(false);
        b.tick();
        assertThat(a.alerts())
                .extracting(row -> row.ruleName + " " + row.state)
                .containsExactlyInAnyOrder("gone firing", "broken firing");
        a.tick();
        assertThat(a.alerts())
                .extracting(row -> row.ruleName + " " + row.state)
                .containsExactlyInAnyOrder("gone resolved", "broken firing");
    }

    @Test
    void alertThatWaitedIsToldAndEndedByTheNodeThatIsAlone() {
        TestFacts facts = new TestFacts().tools(1);
        facts.breakAll();
        DataSource dataSource = TestDatabase.of("h2");
        TestNode a = node("a", dataSource, facts);
        TestNode b = node("b", dataSource, facts);
        a.rule(EACH_TOOL.formatted(",'for':'PT1M'"));
        a.tick();
        b.tick();
        b.databaseOut(true);
        for (int i = 0; i < 60; i++) {
            a.tick();
            b.tick();
        }
        String ofA = a.alerts().get(0).id;
        assertThat(b.outbox.spilled())
                .singleElement()
                .satisfies(entry -> assertThat(entry.alertId()).isNotEqualTo(ofA));
        String ofB = b.outbox.spilled().get(0).alertId();

        b.databaseOut(false);
        b.tick();
        a.tick();
        assertThat(a.alerts().stream().map(row -> row.id + " " + row.state))
                .containsExactlyInAnyOrder(ofA + " firing", ofB + " resolved");
        assertThat(a.told()).containsExactly("firing " + ofA, "resolved " + ofB);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void alertThatTheDatabaseRefusesAfterwardsStopsNoOther(String product) {
        TestFacts facts = new TestFacts().tools(1).tool("x".repeat(20_000));
        TestNode node = node("a", TestDatabase.of(product), facts);
        node.rule(EACH_TOOL.formatted(""));
        node.tick();
        node.databaseOut(true);
        facts.breakAll();
        for (int i = 0; i < 12; i++) {
            node.tick();
        }
        assertThat(node.outbox.spilled()).hasSize(2);
        node.databaseOut(false);
        for (int i = 0; i < 4; i++) {
            node.tick();
        }
        assertThat(node.alerts()).extracting(row -> row.state).containsExactly("firing");
        facts.mendAll();
        node.tick();
        assertThat(node.alerts()).extracting(row -> row.state).containsExactly("resolved");
    }

    @Test
    void lagAndFailuresAreSampledWhateverBecomesOfTheRound() {
        TestFacts facts = new TestFacts().tools(1);
        TestNode node = node("a", TestDatabase.of("h2"), facts);
        node.rule(EACH_TOOL.formatted(""));
        node.tick();
        node.tick();
        assertThat(node.samples(ShippedRules.EVALUATION_LAG)).containsExactly(0.0, 0.0);
        assertThat(node.samples(ShippedRules.EVALUATION_FAILURES)).containsExactly(0.0, 0.0);

        node.readingFails(true);
        for (int i = 0; i < 3; i++) {
            node.tick();
        }
        assertThat(node.samples(ShippedRules.EVALUATION_LAG)).endsWith(0.0, 1.0, 2.0);
        assertThat(node.samples(ShippedRules.EVALUATION_FAILURES)).endsWith(1.0, 1.0, 1.0);
        node.readingFails(false);
        node.tick();
        node.tick();
        assertThat(node.samples(ShippedRules.EVALUATION_LAG)).endsWith(3.0, 0.0);
        assertThat(node.samples(ShippedRules.EVALUATION_FAILURES)).endsWith(0.0, 0.0);

        facts.unreadable(true);
        node.tick();
        assertThat(node.samples(ShippedRules.EVALUATION_FAILURES).get(7)).isPositive();
    }
}
