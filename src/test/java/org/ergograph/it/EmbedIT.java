package org.ergograph.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.http.HttpResponse;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * An application that knows only the coordinates of the embeddable jar (see src/it/embedder), on a server that offers
 * MicroProfile and servlets.
 */
@ArquillianTest
@Tag("embed")
class EmbedIT {
    private static final String[] HTTP = {"method", "GET", "endpoint", "/shop/items/{id}"};
    private static final String[] DB = {"operation", "select", "table", "items"};

    private final Server server = Server.current();

    @Deployment(testable = false)
    static WebArchive embedder() {
        return ShrinkWrap.createFromZipFile(
                WebArchive.class, new File("target/it/projects/embedder/target/embedder.war"));
    }

    @Test
    void callsOfTheApplicationAreMeasured() throws Exception {
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> found = server.get("/embedder/shop/items/" + i);
            assertThat(found.body()).isEqualTo("item " + i);
            assertThat(found.headers().firstValue("X-Process-Time"))
                    .hasValueSatisfying(
                            seconds -> assertThat(Double.parseDouble(seconds)).isPositive());
        }
        assertThat(server.get("/embedder/shop/items/none").statusCode()).isEqualTo(500);

        Scrape page = Await.until(
                "all calls on the page",
                () -> Scrape.parse(server.get("/metrics").body()),
                scrape -> scrape.sum("mcp_http_request_duration_seconds_count", HTTP) == 4
                        && scrape.sum("mcp_http_requests_total", HTTP) == 4
                        && scrape.sum("mcp_db_operation_duration_seconds_count", DB) == 4);

        assertThat(page.sum("mcp_http_requests_total", "endpoint", HTTP[3], "status", "200"))
                .isEqualTo(3);
        assertThat(page.sum("mcp_http_requests_total", "endpoint", HTTP[3], "status", "500"))
                .isEqualTo(1);
        assertThat(page.sum("mcp_db_operations_total", "table", "items", "status", "success"))
                .isEqualTo(3);
        assertThat(page.sum("mcp_db_operations_total", "table", "items", "status", "error"))
                .isEqualTo(1);
        List<String> bounds = List.of(
                "0.001", "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1.0", "2.5", "5.0", "10.0", "+Inf");
        assertThat(page.of("mcp_http_request_duration_seconds_bucket", HTTP))
                .extracting(sample -> sample.labels().get("le"))
                .isEqualTo(bounds);
        assertThat(page.of("mcp_db_operation_duration_seconds_bucket", DB))
                .extracting(sample -> sample.labels().get("le"))
                .isEqualTo(bounds);
    }
}
