package org.ergograph.alert.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.ergograph.alert.Samples.NOON;
import static org.ergograph.alert.Samples.firing;
import static org.ergograph.alert.Samples.in;
import static org.ergograph.alert.Samples.rule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.ergograph.alert.Alert;
import org.ergograph.alert.AlertState.NoData;
import org.ergograph.alert.AlertState.Pending;
import org.ergograph.alert.AlertState.Resolving;
import org.ergograph.alert.Rule;
import org.ergograph.alert.Severity;
import org.ergograph.alert.routing.Matcher.Operator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InhibitionsTest {
    private static final Alert DOWN = firing("a1", rule("upstream_down"), Map.of("server", "files"));
    private static final Alert SLOW = firing("a2", rule("slow"), Map.of("tool", "files__read"));

    private static Matcher is(String label, String value) {
        return Matcher.of(label, Operator.EQUAL, value);
    }

    private static Inhibition hides(String source, String target, String... equal) {
        return new Inhibition(
                source + target,
                source + " hides " + target,
                List.of(is("alertname", source)),
                List.of(is("alertname", target)),
                List.of(equal));
    }

    private static Alert alert(String id, String name) {
        return firing(id, rule(name), Map.of());
    }

    record Row(String sentence, List<Alert> alerts, List<Inhibition> inhibitions, Map<String, Set<String>> hidden) {
        @Override
        public String toString() {
            return sentence;
        }
    }

    static List<Row> alerts() {
        Alert other = firing("a3", rule("slow"), Map.of("tool", "mail__send"));
        Alert calls = firing("a4", rule("errors"), Map.of("server", "files", "kind", "external"));
        Alert own = firing("a5", rule("slow"), Map.of("tool", "km_monitor_performance"));
        Map<String, Set<String>> none = Map.of();
        List<Inhibition> chain = List.of(hides("a", "b"), hides("b", "c"));
        List<Inhibition> circle = List.of(hides("a", "b"), hides("b", "a"));
        Inhibition critical = new Inhibition(
                "i", "i", List.of(is("severity", "critical")), List.of(is("severity", "warning")), List.of("tool"));
        Inhibition each =
                new Inhibition("i", "i", List.of(is("category", "a")), List.of(is("category", "a")), List.of());
        Alert bad = firing("b1", rule("very_slow", Severity.CRITICAL, List.of(), Map.of()), Map.of("tool", "x"));
        Alert warned = firing("b2", rule("slow"), Map.of("tool", "x"));
        Alert team1 = firing("t1", rule("one", Severity.INFO, List.of(), Map.of("category", "a")), Map.of());
        Alert team2 = firing("t2", rule("two", Severity.INFO, List.of(), Map.of("category", "a")), Map.of());
        return List.of(
                new Row(
                        "a server that is down hides its tools",
                        List.of(DOWN, SLOW),
                        Inhibition.SHIPPED,
                        Map.of("a2", Set.of("a1"))),
                new Row("and calls to it", List.of(DOWN, calls), Inhibition.SHIPPED, Map.of("a4", Set.of("a1"))),
                new Row("but not the tools of another", List.of(DOWN, other), Inhibition.SHIPPED, none),
                new Row("nor ours", List.of(DOWN, own), Inhibition.SHIPPED, none),
                new Row("nor itself", List.of(DOWN), Inhibition.SHIPPED, none),
                new Row(
                        "a server that is perhaps down hides nothing",
                        List.of(in(DOWN, new Pending(NOON, Duration.ZERO)), SLOW),
                        Inhibition.SHIPPED,
                        none),
                new Row(
                        "one that is kept firing hides",
                        List.of(in(DOWN, new Resolving(NOON, NOON, Duration.ZERO)), SLOW),
                        Inhibition.SHIPPED,
                        Map.of("a2", Set.of("a1"))),
                new Row(
                        "one that fired before there was no data hides",
                        List.of(in(DOWN, new NoData(NOON, DOWN.state())), SLOW),
                        Inhibition.SHIPPED,
                        Map.of("a2", Set.of("a1"))),
                new Row(
                        "what is pending is hidden too",
                        List.of(DOWN, in(SLOW, new Pending(NOON, Duration.ZERO))),
                        Inhibition.SHIPPED,
                        Map.of("a2", Set.of("a1"))),
                new Row("without inhibitions nothing is hidden", List.of(DOWN, SLOW), List.of(), none),
                new Row(
                        "one that is worse hides one about the same",
                        List.of(bad, warned),
                        List.of(critical),
                        Map.of("b2", Set.of("b1"))),
                new Row(
                        "labels that neither has are the same",
                        List.of(alert("1", "a"), alert("2", "b")),
                        List.of(hides("a", "b", "node")),
                        Map.of("2", Set.of("1"))),
                new Row(
                        "all that hide it are named",
                        List.of(alert("1", "a"), alert("2", "a"), alert("3", "b")),
                        List.of(hides("a", "b")),
                        Map.of("3", Set.of("1", "2"))),
                new Row(
                        "what is hidden hides nothing",
                        List.of(alert("1", "a"), alert("2", "b"), alert("3", "c")),
                        chain,
                        Map.of("2", Set.of("1"))),
                new Row(
                        "what is hidden hides nothing, in whatever order they began",
                        List.of(alert("3", "a"), alert("2", "b"), alert("1", "c")),
                        chain,
                        Map.of("2", Set.of("3"))),
                new Row(
                        "what is not hidden hides",
                        List.of(alert("2", "b"), alert("3", "c")),
                        chain,
                        Map.of("3", Set.of("2"))),
                new Row(
                        "of a circle the oldest is told",
                        List.of(alert("2", "a"), alert("1", "b")),
                        circle,
                        Map.of("2", Set.of("1"))),
                new Row(
                        "what a circle hides is hidden by the one that is told",
                        List.of(alert("1", "a"), alert("2", "b"), alert("3", "c")),
                        List.of(hides("a", "b"), hides("b", "a"), hides("a", "c"), hides("b", "c")),
                        Map.of("2", Set.of("1"), "3", Set.of("1"))),
                new Row(
                        "two that are source and target both do not hide each other",
                        List.of(team1, team2),
                        List.of(each),
                        none));
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void alertsAreHidden(Row row) {
        assertThat(Inhibitions.inhibitedBy(row.alerts(), row.inhibitions())).isEqualTo(row.hidden());
    }

    @Test
    void whoIsSourceAndTargetIsHiddenByASourceAlone() {
        Inhibition inhibition = new Inhibition(
                "i",
                "i",
                List.of(is("category", "a")),
                List.of(Matcher.of("alertname", Operator.NOT_EQUAL, "root")),
                List.of());
        Alert root = firing("t2", rule("root", Severity.INFO, List.of(), Map.of("category", "a")), Map.of());
        Alert both = firing("t1", rule("one", Severity.INFO, List.of(), Map.of("category", "a")), Map.of());

        assertThat(Inhibitions.inhibitedBy(List.of(root, both), List.of(inhibition)))
                .isEqualTo(Map.of("t1", Set.of("t2")));
    }

    @Test
    void atMostTenAreNamed() {
        List<Alert> alerts = new ArrayList<>();
        for (int i = 10; i < 30; i++) {
            alerts.add(alert("s" + i, "a"));
        }
        alerts.add(alert("t", "b"));

        assertThat(Inhibitions.inhibitedBy(alerts, List.of(hides("a", "b"))).get("t"))
                .containsExactly("s10", "s11", "s12", "s13", "s14", "s15", "s16", "s17", "s18", "s19");
    }

    @Test
    void whateverHidesWhatOneIsTold() {
        Random random = new Random(7);
        for (int run = 0; run < 60; run++) {
            List<Alert> alerts = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                alerts.add(alert("" + i, "r" + i));
            }
            List<Inhibition> inhibitions = new ArrayList<>();
            for (int i = 0; i < random.nextInt(16); i++) {
                inhibitions.add(hides("r" + random.nextInt(8), "r" + random.nextInt(8)));
            }

            Map<String, Set<String>> hidden = Inhibitions.inhibitedBy(alerts, inhibitions);

            assertThat(hidden).hasSizeLessThan(8);
            assertThat(hidden.values())
                    .allSatisfy(by -> assertThat(by)
                            .isNotEmpty()
                            .allSatisfy(source -> assertThat(hidden).doesNotContainKey(source)));
            Collections.shuffle(alerts, random);
            assertThat(Inhibitions.inhibitedBy(alerts, inhibitions)).isEqualTo(hidden);
        }
    }

    @Test
    void inhibitionHasASourceAndATarget() {
        List<Matcher> some = List.of(is("tool", "x"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Inhibition("i", "i", List.of(), some, List.of()))
                .withMessage("an inhibition needs a matcher for its source and one for its target");
        assertThatIllegalArgumentException().isThrownBy(() -> new Inhibition("i", "i", some, List.of(), List.of()));
    }

    record Circle(String sentence, List<Rule> rules, List<Inhibition> inhibitions, List<String> path) {
        @Override
        public String toString() {
            return sentence;
        }
    }

    private static Rule by(String name, String... groupBy) {
        return rule(name, Severity.WARNING, List.of(groupBy), Map.of());
    }

    private static Rule of(String name, Severity severity, String team) {
        return rule(name, severity, List.of(), Map.of("category", team));
    }

    private static Inhibition between(Matcher source, Matcher target, String... equal) {
        return new Inhibition("i", "i", List.of(source), List.of(target), List.of(equal));
    }

    static List<Circle> rules() {
        List<Rule> three = List.of(by("a"), by("b"), by("c"));
        return List.of(
                new Circle("no inhibitions, no circle", three, List.of(), List.of()),
                new Circle("a chain is no circle", three, List.of(hides("a", "b"), hides("b", "c")), List.of()),
                new Circle(
                        "two ways to one are no circle",
                        three,
                        List.of(hides("a", "b"), hides("b", "c"), hides("a", "c")),
                        List.of()),
                new Circle(
                        "two that hide each other",
                        three,
                        List.of(hides("b", "c"), hides("c", "b")),
                        List.of("b", "c", "b")),
                new Circle(
                        "a circle of three",
                        three,
                        List.of(hides("a", "b"), hides("b", "c"), hides("c", "a")),
                        List.of("a", "b", "c", "a")),
                new Circle(
                        "a way that leads into a circle is no part of it",
                        three,
                        List.of(hides("a", "b"), hides("b", "c"), hides("c", "b")),
                        List.of("b", "c", "b")),
                new Circle(
                        "the shipped one is none",
                        List.of(by("upstream_down", "server"), by("slow", "tool"), by("high")),
                        Inhibition.SHIPPED,
                        List.of()),
                new Circle("the same rule is not looked at", three, List.of(hides("a", "a")), List.of()),
                new Circle(
                        "severities that hide downwards are none",
                        List.of(of("x", Severity.CRITICAL, "t"), of("y", Severity.WARNING, "t")),
                        List.of(between(is("severity", "critical"), is("severity", "warning"))),
                        List.of()),
                new Circle(
                        "teams that hide each other",
                        List.of(of("x", Severity.WARNING, "t"), of("y", Severity.WARNING, "u")),
                        List.of(
                                between(is("category", "t"), is("category", "u")),
                                between(is("category", "u"), is("category", "t"))),
                        List.of("x", "y", "x")),
                new Circle(
                        "unless labels have to be the same that never are",
                        List.of(of("x", Severity.WARNING, "t"), of("y", Severity.WARNING, "u")),
                        List.of(
                                between(is("category", "t"), is("category", "u"), "category"),
                                between(is("category", "u"), is("category", "t"))),
                        List.of()),
                new Circle(
                        "a label by which one groups may have any value",
                        List.of(by("x", "node"), by("y")),
                        List.of(between(is("node", "n1"), is("alertname", "y")), hides("y", "x")),
                        List.of("x", "y", "x")),
                new Circle(
                        "and may be the same as another's",
                        List.of(by("x", "category"), of("y", Severity.WARNING, "u")),
                        List.of(hides("x", "y", "category"), hides("y", "x", "category")),
                        List.of("x", "y", "x")),
                new Circle(
                        "by the tool one groups by the server too",
                        List.of(by("x", "tool"), by("y")),
                        List.of(between(is("server", "n1"), is("alertname", "y")), hides("y", "x")),
                        List.of("x", "y", "x")),
                new Circle(
                        "a label that it does not have has no value",
                        List.of(by("x"), by("y")),
                        List.of(between(is("node", "n1"), is("alertname", "y")), hides("y", "x")),
                        List.of()),
                new Circle(
                        "a label of the rule has one value although it groups by it",
                        List.of(rule("x", Severity.INFO, List.of("node"), Map.of("node", "n2")), by("y")),
                        List.of(between(is("node", "n1"), is("alertname", "y")), hides("y", "x")),
                        List.of()),
                new Circle(
                        "those that are source and target both are none",
                        List.of(of("x", Severity.WARNING, "t"), of("y", Severity.WARNING, "t")),
                        List.of(between(is("category", "t"), is("category", "t"))),
                        List.of()),
                new Circle(
                        "unless one of them need not be both",
                        List.of(by("x", "category"), of("y", Severity.WARNING, "t")),
                        List.of(between(is("category", "t"), is("category", "t"))),
                        List.of("x", "y", "x")));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void circleIsFound(Circle row) {
        assertThat(InhibitionCycles.find(row.rules(), row.inhibitions()).orElse(List.of()))
                .isEqualTo(row.path());
    }
}
