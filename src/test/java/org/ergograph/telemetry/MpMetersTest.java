package org.ergograph.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleConsumer;
import org.ergograph.observation.Metric;
import org.ergograph.observation.MetricType;
import org.ergograph.observation.Metrics;
import org.ergograph.observation.ObservationSettings;
import org.junit.jupiter.api.Test;

class MpMetersTest {
    private static final int MAX = 10;
    private static final Metric COUNTER =
            new Metric("mcp_custom_orders_total", MetricType.COUNTER, "Orders.", List.of("shop"), List.of());
    private static final Metric GAUGE =
            new Metric("mcp_custom_stock", MetricType.GAUGE, "Stock.", List.of("shop"), List.of());
    private static final Metric HISTOGRAM = new Metric(
            "mcp_custom_lines", MetricType.HISTOGRAM, "Lines an order.", List.of("shop"), List.of(1.0, 10.0));
    private static final Metric TIMER =
            new Metric("mcp_custom_pick_seconds", MetricType.HISTOGRAM, "Picking.", List.of(), List.of(0.5, 1.0));

    private final PublishedMetrics published = new PublishedMetrics();
    private final MpMeters meters = new MpMeters(settings(), new Instruments(published.registry()));

    private static ObservationSettings settings() {
        ObservationSettings d = ObservationSettings.defaults();
        return new ObservationSettings(
                true,
                MAX,
                d.window(),
                Duration.ofSeconds(1),
                d.sampleInterval(),
                d.slowThreshold(),
                d.slowTransactionThreshold(),
                false,
                false,
                ObservationSettings.SOME_SQL,
                true,
                ".");
    }

    @Test
    void aCounterFollowsItsTotal() {
        AtomicLong total = new AtomicLong(3);
        meters.counter(COUNTER, total::get, "a");
        meters.run();
        total.set(10);
        meters.run();
        meters.run();
        assertThat(published.counter("mcp_custom_orders_total", "{shop=\"a\"}")).isEqualTo(10);
    }

    @Test
    void aCounterThatIsReplacedGoesOn() {
        meters.counter(COUNTER, () -> 10, "a");
        meters.run();
        meters.counter(COUNTER, () -> 4, "a");
        meters.run();
        assertThat(published.counter("mcp_custom_orders_total", "{shop=\"a\"}")).isEqualTo(14);
    }

    @Test
    void aGaugeIsReadWhenAskedAndCanBeReplaced() {
        meters.gauge(GAUGE, () -> 1.5, "a");
        assertThat(published.gauge("mcp_custom_stock{shop=\"a\"}")).isEqualTo(1.5);
        meters.gauge(GAUGE, () -> Double.NaN, "a");
        assertThat(published.gauge("mcp_custom_stock{shop=\"a\"}")).isNaN();
        assertThat(published.registrations).containsEntry("mcp_custom_stock{shop=\"a\"}", 1);
    }

    @Test
    void aGaugeThatFailsIsNotKnownAndACounterThatFailsKeepsNoOtherBack() {
        meters.gauge(GAUGE, () -> Double.parseDouble("?"), "a");
        assertThat(published.gauge("mcp_custom_stock{shop=\"a\"}")).isNaN();
        for (String shop : new String[] {"a", "b", "c"}) {
            meters.counter(COUNTER, () -> shop.equals("b") ? Long.parseLong("?") : 1, shop);
        }
        assertThatThrownBy(meters::run).isInstanceOf(NumberFormatException.class);
        assertThat(published.counter("mcp_custom_orders_total", "{shop=\"a\"}")).isEqualTo(1);
        assertThat(published.counter("mcp_custom_orders_total", "{shop=\"c\"}")).isEqualTo(1);
    }

    @Test
    void aHistogramInSecondsIsATimer() {
        DoubleConsumer pick = meters.histogram(TIMER);
        pick.accept(0.5);
        pick.accept(0.7);
        pick.accept(2);
        meters.stop();
        assertThat(published.values("mcp_custom_pick")).containsExactly(500_000_000L, 700_000_000L, 2_000_000_000L);
    }

    @Test
    void whatIsNoValueIsLeftOut() {
        DoubleConsumer lines = meters.histogram(HISTOGRAM, "a");
        lines.accept(Double.NaN);
        lines.accept(-1);
        lines.accept(12.4);
        meters.run();
        assertThat(published.values("mcp_custom_lines{shop=\"a\"}")).containsExactly(12L);
    }

    @Test
    void boundsThatMicroProfileCannotExpressAreRefused() {
        Metric fractions =
                new Metric("mcp_custom_share", MetricType.HISTOGRAM, "Share.", List.of(), List.of(0.25, 1.0));
        assertThatThrownBy(() -> meters.histogram(fractions))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mcp_custom_share: bound 0.25");
    }

    @Test
    void aServerThatHasOtherBoundsStillGetsCountAndSum() {
        Metric late = new Metric("mcp_custom_late", MetricType.HISTOGRAM, "Late.", List.of(), List.of(1000.0, 2000.0));
        published.bounds.put("mcp_custom_late", new double[] {10, 100, Double.POSITIVE_INFINITY});
        DoubleConsumer values = meters.histogram(late);
        values.accept(5);
        values.accept(95);
        values.accept(500);
        meters.run();
        assertThat(published.values("mcp_custom_late")).containsExactly(200L, 200L, 200L);
    }

    @Test
    void aMetricOfAnotherShapeOrTooFewValuesIsRefused() {
        assertThatThrownBy(() -> meters.counter(GAUGE, () -> 1, "a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mcp_custom_stock is a GAUGE");
        assertThatThrownBy(() -> meters.gauge(GAUGE, () -> 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[shop]");
        assertThatThrownBy(() -> meters.histogram(COUNTER, "a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHundredThousandLabelValuesStayBoundedAndAreCounted() {
        for (int i = 0; i < 100_000; i++) {
            meters.counter(COUNTER, () -> 1, "shop" + i);
            meters.gauge(GAUGE, () -> 1, "shop" + i);
            meters.histogram(HISTOGRAM, "shop" + i).accept(2);
        }
        meters.run();
        assertThat(published.counters.keySet().stream().filter(id -> id.startsWith(COUNTER.name())))
                .hasSize(MAX + 1)
                .contains("mcp_custom_orders_total{shop=\"other\"}");
        assertThat(published.gauges).hasSize(MAX + 1);
        assertThat(published.values).hasSize(MAX + 1);
        assertThat(published.values("mcp_custom_lines{shop=\"other\"}")).hasSize(100_000 - MAX);
        assertThat(published.counter(Metrics.SERIES_OVERFLOW.name(), "{kind=\"meter\"}"))
                .isEqualTo(3L * (100_000 - MAX));
    }

    @Test
    void labelValuesAreSanitised() {
        meters.counter(COUNTER, () -> 1, "a\"\n\\b");
        meters.run();
        assertThat(published.counter("mcp_custom_orders_total", "{shop=\"a___b\"}"))
                .isEqualTo(1);
    }
}
