package org.ergograph.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.ergograph.history.TestDatabase;
import org.ergograph.notify.AlertEvent.Kind;
import org.ergograph.notify.Statement.Acknowledge;
import org.ergograph.notify.Statement.Resolve;
import org.ergograph.notify.Statement.Unacknowledge;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What requests read of alerts, and what people say of them, in either database. */
class AlertRowsTest {
    private final MovableTime time = new MovableTime();

    private static List<String> states(TestNode node, AlertFilter filter) {
        return node.in(() -> node.rows.list(filter)).stream()
                .map(row -> row.state)
                .toList();
    }

    private static AlertFilter filter(
            @Nullable Boolean active,
            @Nullable String state,
            @Nullable String rule,
            @Nullable Instant from,
            @Nullable Instant to) {
        return new AlertFilter(active, state, null, rule, from, to, null, 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void listHasWhatTheFilterTakesTheNewestFirst(String product) {
        TestFacts facts = new TestFacts().tools(2);
        try (TestNode node = new TestNode("a", TestDatabase.of(product), time, facts)) {
            node.rule("{'name':'any','condition':'error_rate > 0.5','scope':'tool','evaluationPeriod':'PT1S',"
                    + "'severity':'info'}");
            facts.breakAll();
            node.tick();
            Instant first = time.now();
            facts.mendAll();
            time.advance(Duration.ofMinutes(10));
            node.tick();
            facts.breakAll();
            node.tick();

            assertThat(states(node, filter(null, null, null, null, null))).containsExactly("firing", "resolved");
            assertThat(states(node, filter(true, null, null, null, null))).containsExactly("firing");
            assertThat(states(node, filter(false, null, "any", null, null))).containsExactly("resolved");
            assertThat(states(node, filter(null, "firing", null, null, null))).containsExactly("firing");
            assertThat(states(node, filter(null, null, "other", null, null))).isEmpty();
            assertThat(states(node, filter(null, null, null, null, first.plusSeconds(1))))
                    .containsExactly("resolved");
            assertThat(states(node, filter(null, null, null, time.now(), null))).containsExactly("firing");
            String newest = node.alerts().get(0).id;
            assertThat(states(node, new AlertFilter(null, null, "info", null, null, null, newest, 10)))
                    .containsExactly("resolved");
            assertThat(states(node, new AlertFilter(null, null, null, null, null, null, null, 1)))
                    .as("one more than the limit")
                    .hasSize(2);
            assertThat(node.in(() -> node.rows.fired(first, time.now().plusSeconds(1))))
                    .isEqualTo(Map.of("info", 2L));

            assertThat(node.store.forget(time.now().plusSeconds(1), 10)).isEqualTo(1);
            assertThat(states(node, filter(null, null, null, null, null))).containsExactly("firing");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void whatPeopleSayIsKeptWhateverTheEngineWrites(String product) {
        TestFacts facts = new TestFacts().tools(1);
        facts.breakAll();
        try (TestNode node = new TestNode("a", TestDatabase.of(product), time, facts)) {
            node.rule("{'name':'any','condition':'error_rate > 0.5','scope':'tool','evaluationPeriod':'PT1S'}");
            node.tick();
            String id = node.alerts().get(0).id;
            assertThat(node.say(id, new Acknowledge("ada", "mine", time.now().plusSeconds(60))))
                    .isPresent();
            facts.mendAll();
            node.tick();
            AlertRow row = node.alerts().get(0);
            assertThat(row.state).isEqualTo("resolved");
            assertThat(row.owner).isEqualTo("ada");
            assertThat(row.ownedUntil).isNotNull();
            assertThat(node.say(id, new Unacknowledge("ada", "")))
                    .as("it is over")
                    .isEmpty();
            assertThat(node.say("none", new Resolve("ada", ""))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void pendingAlertCannotBeResolvedByHand(String product) {
        TestFacts facts = new TestFacts().tools(1);
        facts.breakAll();
        try (TestNode node = new TestNode("a", TestDatabase.of(product), time, facts)) {
            node.rule("{'name':'any','condition':'error_rate > 0.5','scope':'tool','evaluationPeriod':'PT1S',"
                    + "'for':'PT1H'}");
            node.tick();
            String id = node.alerts().get(0).id;
            assertThat(node.say(id, new Resolve("ada", ""))).isEmpty();
            assertThat(node.say(id, new Acknowledge("ada", "", null))).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void ofManyEventsTheNewestAreShownAndTheFirstAreKept(String product) {
        TestFacts facts = new TestFacts().tools(1);
        facts.breakAll();
        DataSource dataSource = TestDatabase.of(product);
        try (TestNode node = new TestNode("a", dataSource, time, facts)) {
            node.rule("{'name':'any','condition':'error_rate > 0.5','scope':'tool','evaluationPeriod':'PT1S'}");
            node.tick();
            String id = node.alerts().get(0).id;
            int own = node.events(id).size();
            node.in(() -> {
                for (int i = 1; i <= 1_500; i++) {
                    AlertEvent event = new AlertEvent(
                            "e%04d".formatted(i), id, time.now(), "n", Kind.STATE, "no_data", null, null, "no. " + i);
                    node.rows.entities.persist(new EventRow(event));
                }
                return own;
            });
            assertThat(node.events(id))
                    .hasSize(500)
                    .startsWith("state: no. 1001")
                    .endsWith("state: no. 1500");

            node.store.forgetEvents(time.now());
            List<String> kept = TestDatabase.rows(
                    dataSource, "select reason from alert_event where alert_id = '" + id + "' order by id");
            assertThat(kept).hasSize(1_000).endsWith("no. 1500");
            assertThat(kept.get(19)).isEqualTo("no. " + (20 - own));
            assertThat(kept.get(20)).isEqualTo("no. 521");
            assertThat(node.events(id)).hasSize(500).endsWith("state: no. 1500");
        }
    }
}
