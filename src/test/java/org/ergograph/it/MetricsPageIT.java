package org.ergograph.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Leaves the scraped page in target/scrapes, where other programs that read such pages can judge it. */
class MetricsPageIT extends DeployedWar {
    @Test
    void pageIsInPrometheusTextFormat() throws Exception {
        server.get("/api/v1/no-such-thing");

        HttpResponse<String> page = server.send(server.request("/metrics").header("Accept", "text/plain"));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
        assertThat(page.body().lines())
                .allMatch(line -> line.matches("(# (HELP|TYPE) .+)|([a-zA-Z_:][^ {]*(\\{.*})? [^ ]+)|"));
        Path scrapes = Files.createDirectories(Path.of("target", "scrapes"));
        Files.writeString(scrapes.resolve(server.name() + ".txt"), page.body());
    }
}
