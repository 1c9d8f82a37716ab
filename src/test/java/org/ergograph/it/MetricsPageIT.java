package org.ergograph.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Leaves the scraped page in target/scrapes, where Prometheus' own tools can judge it. */
class MetricsPageIT extends DeployedWar {
    private static final String ANSWERED = "method=\"GET\",endpoint=\"/api/v1/metrics/summary\",status=\"200\"";

    @Test
    void requestsAreCountedOnThePage() throws Exception {
        double before = Scrape.of(server).value("mcp_http_requests_total", ANSWERED);
        double expected = (Double.isNaN(before) ? 0 : before) + 5;
        for (int i = 0; i < 5; i++) {
            assertThat(server.get("/api/v1/metrics/summary").statusCode()).isEqualTo(200);
        }

        Scrape page = Scrape.until(server, scrape -> scrape.value("mcp_http_requests_total", ANSWERED) == expected);

        Path scrapes = Files.createDirectories(Path.of("target", "scrapes"));
        Files.writeString(scrapes.resolve(server.name() + ".txt"), page.text());
        assertThat(page.value("mcp_http_requests_total", ANSWERED)).isEqualTo(expected);
    }
}
