package org.ergograph.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.ergograph.observation.Metric;
import org.ergograph.observation.ObservationSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomMetricsTest {
    private static final List<Double> BOUNDS = List.of(1.0, 10.0);

    private final NotingMeters meters = new NotingMeters();
    private final CustomMetrics metrics =
            new CustomMetrics(ObservationSettings.defaults().maxSeriesPerKind(), meters);

    @Test
    void counterAddsUpByItsLabels() {
        CustomCounter orders = metrics.counter("orders", "Orders taken.", "country");
        orders.increment("it");
        orders.add(4, "it");
        orders.increment("de");

        assertThat(meters.value("mcp_custom_orders_total[it]")).isEqualTo(5);
        assertThat(meters.value("mcp_custom_orders_total[de]")).isEqualTo(1);
    }

    @Test
    void counterNeverGoesDown() {
        CustomCounter orders = metrics.counter("orders_total", "Orders taken.");

        assertThatThrownBy(() -> orders.add(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("amount is -1: must not be negative");
    }

    @Test
    void gaugeIsSetAndChanged() {
        CustomGauge depth = metrics.gauge("queue_depth", "Waiting orders.");
        depth.set(7.5);
        depth.add(-2);

        assertThat(meters.value("mcp_custom_queue_depth[]")).isEqualTo(5.5);
    }

    @Test
    void histogramTakesFiniteValues() {
        CustomHistogram weight = metrics.histogram("weight_grams", "Weight of a parcel.", BOUNDS, "kind");
        assertThat(meters.announced()).extracting(Metric::name).containsExactly("mcp_custom_weight_grams");
        weight.record(3, "letter");
        weight.record(Double.NaN, "letter");
        weight.record(Double.POSITIVE_INFINITY, "letter");

        assertThat(meters.distribution("mcp_custom_weight_grams[letter]")).containsExactly(3.0);
    }

    @Test
    void sameNameAndShapeIsTheSameMetric() {
        assertThat(metrics.counter("a", "Help.", "x")).isSameAs(metrics.counter("a_total", "Other help.", "x"));
        assertThat(metrics.gauge("b", "Help.")).isSameAs(metrics.gauge("b", "Help."));
        assertThat(metrics.histogram("c", "Help.", BOUNDS)).isSameAs(metrics.histogram("c", "Help.", BOUNDS));
    }

    @Test
    void sameNameWithAnotherShapeIsRefusedNamingBoth() {
        metrics.gauge("a", "Help.", "x");

        assertThatThrownBy(() -> metrics.histogram("a", "Help.", BOUNDS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("mcp_custom_a", "GAUGE with labels [x]", "HISTOGRAM with labels []");
        assertThatThrownBy(() -> metrics.gauge("a", "Help.", "y")).isInstanceOf(IllegalArgumentException.class);
        metrics.histogram("h", "Help.", BOUNDS);
        assertThatThrownBy(() -> metrics.histogram("h", "Help.", List.of(1.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("[1.0, 10.0]", "[1.0]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "1a", "a-b", "a b", "_a", "a\"", "\u00e4"})
    void nameThatIsNoneIsRefused(String name) {
        assertThatThrownBy(() -> metrics.gauge(name, "Help."))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "'");
        assertThatThrownBy(() -> metrics.gauge("good", "Help.", name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nameMayHaveOneHundredCharactersAndNoMore() {
        assertThatCode(() -> metrics.gauge("a".repeat(100), "Help.")).doesNotThrowAnyException();
        assertThatThrownBy(() -> metrics.gauge("a".repeat(101), "Help.")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"le", "quantile", "mp_scope"})
    void labelThatTheFormatNeedsIsRefused(String label) {
        assertThatThrownBy(() -> metrics.gauge("a", "Help.", label)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void labelTwiceIsRefused() {
        assertThatThrownBy(() -> metrics.gauge("a", "Help.", "x", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[x, x]");
    }

    @Test
    void boundsHaveToAscendAndBeFinite() {
        assertThatThrownBy(() -> metrics.histogram("a", "Help.", List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> metrics.histogram("a", "Help.", List.of(2.0, 1.0)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> metrics.histogram("a", "Help.", List.of(1.0, Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void moreOrFewerValuesThanLabelsAreRefused() {
        CustomCounter orders = metrics.counter("orders", "Orders taken.", "country");

        assertThatThrownBy(orders::increment)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mcp_custom_orders_total has the labels [country]: 0 values given");
        assertThatThrownBy(() -> orders.increment("it", "de")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hundredThousandLabelValuesMakeAThousandAndOther() {
        CustomCounter visits = metrics.counter("visits", "Visits.", "page");
        for (int i = 0; i < 100_000; i++) {
            visits.increment("/" + i);
        }

        assertThat(meters.size()).isEqualTo(1001);
        assertThat(meters.value("mcp_custom_visits_total[/999]")).isEqualTo(1);
        assertThat(meters.value("mcp_custom_visits_total[other]")).isEqualTo(99_000);
    }

    @Test
    void labelValuesAreSanitised() {
        CustomCounter visits = metrics.counter("visits", "Visits.", "page");
        visits.increment("a\"\nb");
        visits.increment("a\"\nb");
        visits.increment("x".repeat(10_000));

        assertThat(meters.value("mcp_custom_visits_total[a__b]")).isEqualTo(2);
        assertThat(meters.value("mcp_custom_visits_total[" + "x".repeat(200) + "]"))
                .isEqualTo(1);
    }

    @Test
    void numberOfMetricsIsBounded() {
        CustomMetrics few = new CustomMetrics(2, meters);
        few.gauge("a", "Help.");
        few.gauge("b", "Help.");

        assertThat(few.gauge("b", "Help.")).isNotNull();
        assertThatThrownBy(() -> few.gauge("c", "Help."))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no room for mcp_custom_c: there are 2 custom metrics");
    }

    @Test
    void withRecordingOffTheyTakeValuesAndPublishNothing() {
        CustomMetrics off = new CustomMetrics(10, null);
        off.counter("a", "Help.").increment();
        off.gauge("b", "Help.").set(1);
        off.histogram("c", "Help.", BOUNDS).record(1);

        assertThat(meters.size()).isZero();
    }
}
