package org.ergograph.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class SmokeIT extends DeployedWar {
    @Test
    void metricsAreServedWithoutAsking() throws Exception {
        HttpResponse<String> page = server.get("/metrics");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("# TYPE ");
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        assertThat(server.get("/api/v1/no-such-thing").statusCode()).isEqualTo(404);
    }
}
