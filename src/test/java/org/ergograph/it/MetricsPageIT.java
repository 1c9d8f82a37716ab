package org.ergograph.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Leaves the scraped page in target/scrapes, where Prometheus' own tools can judge it. */
class MetricsPageIT extends DeployedWar {
    @Test
    void requestsAreCountedOnThePage() throws Exception {
        double before = answered(server.get("/metrics").body());
        for (int i = 0; i < 5; i++) {
            assertThat(server.get("/api/v1/metrics/summary").statusCode()).isEqualTo(200);
        }

        String page = Await.until(
                "five more requests", () -> server.get("/metrics").body(), text -> answered(text) == before + 5);

        Path scrapes = Files.createDirectories(Path.of("target", "scrapes"));
        Files.writeString(scrapes.resolve(server.name() + ".txt"), page);
        assertThat(page).contains("# TYPE mcp_http_request_duration_seconds histogram");
    }

    private static double answered(String page) {
        return Scrape.parse(page)
                .sum("mcp_http_requests_total", "endpoint", "/api/v1/metrics/summary", "status", "200");
    }
}
