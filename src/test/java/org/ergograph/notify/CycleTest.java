package org.ergograph.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.ergograph.alert.Alert;
import org.ergograph.alert.AlertState.Inactive;
import org.ergograph.alert.Rule;
import org.ergograph.alert.routing.Occasion;
import org.ergograph.notify.delivery.TableOutbox;
import org.ergograph.notify.delivery.channel.AlertMessage;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.web.JsonBody;
import org.junit.jupiter.api.Test;

class CycleTest {
    private final MovableTime time = new MovableTime();
    private final EvaluationCounts counts = new EvaluationCounts();
    private final AtomicInteger ids = new AtomicInteger();
    private String broken = "none";
    private final Messages messages =
            new Messages(
                    new AlertingSettings(true, Duration.ofSeconds(1), "test", "", Duration.ofDays(30)),
                    new NodeIdentity("n", "1", 0),
                    time) {
                @Override
                AlertMessage of(Alert alert, Occasion occasion, Instant now) {
                    if (alert.subject().key().matches(broken)) {
                        throw new IllegalStateException("no message can be made");
                    }
                    return super.of(alert, occasion, now);
                }
            };
    private final Cycle cycle = new Cycle(
            TableOutbox.channels(), messages, () -> "i" + ids.incrementAndGet(), "n", counts, time.nanoTime());

    private final TestFacts facts = new TestFacts().tools(1);

    private Round round() {
        return round(TestAlert.of("", "", new Inactive(time.now())).rule());
    }

    private Round round(Rule rule) {
        Known known = new Known(Map.of(rule.id(), rule), Set.of(), List.of(), List.of());
        Round round = cycle.next(facts.at(time.now()), known, List.of(), time.now(), time.nanoTime());
        cycle.done(round);
        time.advance(Duration.ofSeconds(1));
        return round;
    }

    @Test
    void whatIsFoundCountsThoughNobodyCanBeTold() {
        broken = ".*";
        Changes changes = round().changes();
        assertThat(changes.begun()).hasSize(1);
        assertThat(changes.events()).hasSize(1);
        assertThat(changes.entries()).isEmpty();
        assertThat(counts.failures()).isEqualTo(1);

        broken = "none";
        assertThat(round().changes().entries())
                .as("the next round tells of it")
                .singleElement()
                .satisfies(entry -> assertThat(entry.occasion()).isEqualTo(Occasion.FIRING));
    }

    @Test
    void alertOfWhichNobodyCanBeToldHoldsUpNoOther() {
        String eachTool =
                "{\"name\":\"x\",\"condition\":\"error_rate > 0.5\",\"scope\":\"tool\",\"groupBy\":[\"tool\"]}";
        Rule rule = RuleJson.read(JsonBody.parse(eachTool), Duration.ofSeconds(1), channel -> true);
        facts.tools(3).breakAll();
        broken = ".*t001.*";
        assertThat(round(rule).changes().entries()).hasSize(2);
        assertThat(counts.failures()).isEqualTo(1);

        broken = "none";
        assertThat(round(rule).changes().entries()).hasSize(1);
    }
}
