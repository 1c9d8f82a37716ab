package org.ergograph.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The record's own work leaves no row: a server that nobody asks writes nothing. */
class IdleIT extends DeployedWar {
    /** Longer than the longest pause of what probes and samples. */
    private static final Duration IDLE = Duration.ofSeconds(35);

    @Test
    void idleServerWritesNoRow() throws Exception {
        // The requests of other tests are over: each of them waited for its answer. The clocks are the same machine's.
        Instant from = Instant.now();
        TimeUnit.MILLISECONDS.sleep(IDLE.toMillis());
        Instant to = Instant.now();

        HttpResponse<String> answer = server.get("/api/v1/audit?from=" + from + "&to=" + to);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(Json.object(answer.body()).getJsonArray("items")).isEmpty();
    }
}
