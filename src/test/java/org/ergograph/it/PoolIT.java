package org.ergograph.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class PoolIT extends DeployedWar {
    /** The limit of the pool as the README states it. */
    private static final int MOST = 30;

    private double figure(String name) throws Exception {
        return figure(Scrape.parse(server.get("/metrics").body()), name);
    }

    private static double figure(Scrape page, String name) {
        assertThat(page.of("ergograph_pool_" + name, "pool", "database"))
                .as(name)
                .hasSize(1);
        return page.sum("ergograph_pool_" + name, "pool", "database");
    }

    private void hold(int connections) throws Exception {
        HttpResponse<String> answer = server.send(server.request("/api/v1/fixture/pool?connections=" + connections)
                .POST(BodyPublishers.noBody()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    }

    private void release() throws Exception {
        server.send(server.request("/api/v1/fixture/pool").DELETE());
        Await.until("the connections are given back", () -> figure("in_use"), inUse -> inUse < 3);
    }

    @Test
    void connectionsThatAreHeldAreInUseAndTheOthersFree() throws Exception {
        hold(7);
        try {
            Await.until("seven are in use", () -> figure("in_use"), inUse -> inUse >= 7);
            Scrape page = Scrape.parse(server.get("/metrics").body());
            assertThat(figure(page, "size")).isBetween(7.0, (double) MOST);
            assertThat(figure(page, "utilization_ratio")).isBetween(7.0 / MOST, 0.5);
            assertThat(figure(page, "waiting")).isLessThan(3);
        } finally {
            release();
        }
        Scrape after = Scrape.parse(server.get("/metrics").body());
        assertThat(figure(after, "size")).isGreaterThanOrEqualTo(7);
        assertThat(figure(after, "free")).isGreaterThanOrEqualTo(4);
    }

    @Test
    void whoFindsThePoolEmptyWaitsAndIsCounted() throws Exception {
        hold(MOST + 5);
        try {
            Await.until("some wait", () -> figure("waiting"), waiting -> waiting >= 5);
            Await.until("all are in use", () -> figure("utilization_ratio"), ratio -> ratio == 1);
            assertThat(figure("size")).isEqualTo(MOST);
            Await.until("the wait is told", () -> figure("wait_seconds"), seconds -> seconds > 0.5);
        } finally {
            release();
        }
        Await.until("nobody waits", () -> figure("waiting"), waiting -> waiting == 0);
    }
}
