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
    private static final String HTTP = "method=\"GET\",endpoint=\"/shop/items/{id}\"";
    private static final String DB = "operation=\"select\",table=\"items\"";

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

        Scrape page =
                Scrape.until(server, scrape -> scrape.value("mcp_http_requests_total", HTTP + ",status=\"500\"") == 1);

        assertThat(page.value("mcp_http_requests_total", HTTP + ",status=\"200\""))
                .isEqualTo(3);
        assertThat(page.value("mcp_http_request_duration_seconds_count", HTTP)).isEqualTo(4);
        assertThat(page.bounds("mcp_http_request_duration_seconds", HTTP))
                .isEqualTo(List.of(
                        "0.001", "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1.0", "2.5", "5.0", "10.0",
                        "+Inf"));
        assertThat(page.value("mcp_db_operations_total", DB + ",status=\"success\""))
                .isEqualTo(3);
        assertThat(page.value("mcp_db_operations_total", DB + ",status=\"error\""))
                .isEqualTo(1);
        assertThat(page.value("mcp_db_operation_duration_seconds_count", DB)).isEqualTo(4);
    }
}
