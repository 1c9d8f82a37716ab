package org.ergograph.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ergograph.observation.Metric;
import org.ergograph.observation.MetricType;
import org.ergograph.observation.Metrics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every metric of the catalogue is on the page with exactly its labels and bucket bounds, on either server. */
class CatalogueIT extends DeployedWar {
    /** What the platform or the moment decides. */
    private static final Set<Metric> MAY_BE_ABSENT = Set.of(
            Metrics.CACHE_PING,
            Metrics.GC_PAUSE,
            Metrics.NETWORK_RECEIVE,
            Metrics.NETWORK_TRANSMIT,
            Metrics.DISK_READ,
            Metrics.DISK_WRITTEN);

    private final List<String> upstreams = new ArrayList<>();

    @Test
    void pageShowsEveryMetricWithItsLabelsAndBounds() throws Exception {
        assertThat(server.get("/api/v1/fixture/chores?fail=true").statusCode()).isEqualTo(200);
        assertThat(server.get("/api/v1/fixture/now/1").statusCode()).isEqualTo(200);
        // Its progress comes as a stream, which is a connection.
        assertThat(server.send(ModernCall.of(
                                server.request("/mcp"), "test_tool_with_progress", "{}", ",\"progressToken\":1"))
                        .body())
                .contains("notifications/progress");

        useUpstream();

        Await.until(
                "no metric is missing",
                () -> missing(Scrape.parse(server.get("/metrics").body())),
                List::isEmpty);
        Scrape page = Scrape.parse(server.get("/metrics").body());

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

    /** Calls of an upstream server that answers, then is gone, then is asked no more. */
    private void useUpstream() throws Exception {
        try (EchoUpstream upstream = new EchoUpstream()) {
            HttpResponse<String> registered = server.send(server.request("/api/v1/servers")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"name\":\"catalogue\",\"url\":\"" + upstream.url() + "\"}")));
            assertThat(registered.statusCode()).as(registered.body()).isEqualTo(201);
            upstreams.add(Json.object(registered.body()).getString("id"));
            Await.until("the tool answers", this::callUpstream, answer -> answer.contains("\"text\":\"echo\""));
        }
        Await.until("calls are refused", this::callUpstream, answer -> answer.contains("again and again"));
    }

    private String callUpstream() throws Exception {
        return server.send(ModernCall.of(server.request("/mcp"), "catalogue__echo", "{}", ""))
                .body();
    }

    @AfterEach
    void removeUpstreams() throws Exception {
        for (String id : upstreams) {
            server.send(server.request("/api/v1/servers/" + id)
                    .header("If-Match", "*")
                    .DELETE());
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
