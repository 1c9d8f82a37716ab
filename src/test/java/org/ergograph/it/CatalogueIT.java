package org.ergograph.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ergograph.observation.Metric;
import org.ergograph.observation.MetricType;
import org.ergograph.observation.Metrics;
import org.junit.jupiter.api.Test;

/** Every metric of the catalogue is on the page with exactly its labels and bucket bounds, on either server. */
class CatalogueIT extends DeployedWar {
    /** What the platform or the moment decides. */
    private static final Set<Metric> MAY_BE_ABSENT = Set.of(
            Metrics.MCP_REQUESTS,
            Metrics.MCP_DURATION,
            Metrics.MCP_REQUEST_SIZE,
            Metrics.MCP_RESPONSE_SIZE,
            Metrics.MCP_CONNECTIONS,
            Metrics.MCP_CONNECTION_DURATION,
            Metrics.UPSTREAM_CALLS,
            Metrics.UPSTREAM_CALL_DURATION,
            Metrics.UPSTREAM_ERRORS,
            Metrics.UPSTREAM_REFUSALS,
            Metrics.UPSTREAM_STATE,
            Metrics.GATEWAY_ADDED,
            Metrics.CACHE_REQUESTS,
            Metrics.CACHE_ENTRIES,
            Metrics.CACHE_BYTES,
            Metrics.CACHE_HIT_RATIO,
            Metrics.CACHE_PING,
            Metrics.GC_PAUSE,
            Metrics.NETWORK_RECEIVE,
            Metrics.NETWORK_TRANSMIT,
            Metrics.DISK_READ,
            Metrics.DISK_WRITTEN);

    @Test
    void pageShowsEveryMetricWithItsLabelsAndBounds() throws Exception {
        assertThat(server.get("/api/v1/fixture/chores?fail=true").statusCode()).isEqualTo(200);
        assertThat(server.get("/api/v1/fixture/now/1").statusCode()).isEqualTo(200);

        Scrape page = Await.until(
                "every metric is there",
                () -> Scrape.parse(server.get("/metrics").body()),
                scrape -> missing(scrape).isEmpty());

        List<Metric> shown = new ArrayList<>(Metrics.all());
        shown.removeIf(metric -> samples(page, metric).isEmpty());
        for (Metric metric : shown) {
            for (Scrape.Sample sample : samples(page, metric)) {
                Set<String> labels = new TreeSet<>(sample.labels().keySet());
                labels.removeAll(Set.of("mp_scope", "le"));
                assertThat(labels).as(sample.toString()).containsExactlyInAnyOrderElementsOf(metric.labels());
                assertThat(sample.labels()).containsEntry("mp_scope", "application");
            }
            if (metric.type() == MetricType.HISTOGRAM) {
                Set<Double> bounds = page.of(metric.name() + "_bucket").stream()
                        .map(sample -> sample.labels().getOrDefault("le", ""))
                        .map(le -> le.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(le))
                        .collect(Collectors.toCollection(TreeSet::new));
                List<Double> expected = new ArrayList<>(metric.bounds());
                expected.add(Double.POSITIVE_INFINITY);
                assertThat(bounds).as(metric.name()).containsExactlyElementsOf(expected);
            }
        }
    }

    private static List<String> missing(Scrape scrape) {
        return Metrics.all().stream()
                .filter(metric -> !MAY_BE_ABSENT.contains(metric))
                .filter(metric -> samples(scrape, metric).isEmpty())
                .map(Metric::name)
                .toList();
    }

    private static List<Scrape.Sample> samples(Scrape scrape, Metric metric) {
        return scrape.of(metric.type() == MetricType.HISTOGRAM ? metric.name() + "_bucket" : metric.name());
    }
}
