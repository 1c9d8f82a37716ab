package org.ergograph.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresRestartTest {
    private static EmbeddedPostgres start(Path directory, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void rowsThatWaitedForTheDatabaseAreWrittenOnceItIsBackAndNoneTwice(@TempDir Path directory) throws Exception {
        int port = freePort();
        Path data = directory.resolve("data");
        DataSource dataSource = TestDatabase.postgres(port, "postgres");
        Observations observations = new Observations();
        Pipeline pipeline = Pipeline.Setup.of(dataSource, directory.resolve("journal"))
                .batch(10)
                .databaseTimeout(Duration.ofSeconds(5))
                .start();
        try (EmbeddedPostgres before = start(data, port)) {
            assertThat(before.getPort()).isEqualTo(port);
            TestDatabase.migrated(dataSource, "postgresql");
            for (int i = 0; i < 5; i++) {
                pipeline.accept(observations.method("m").durationNanos(i).build());
            }
            pipeline.run();
        }
        for (int i = 5; i < 50; i++) {
            pipeline.accept(observations.method("m").durationNanos(i).build());
        }
        pipeline.run();
        assertThat(pipeline.state().failure()).isNotNull();
        assertThat(pipeline.state().waiting()).isEqualTo(45);
        try (EmbeddedPostgres after = start(data, port)) {
            assertThat(after.getPort()).isEqualTo(port);
            pipeline.runLater();
            assertThat(pipeline.state().written()).isEqualTo(50);
            assertThat(TestDatabase.rows(
                            dataSource,
                            "select count(*), count(distinct duration_nanos), max(duration_nanos) from audit"))
                    .containsExactly("50 50 49");
        }
    }
}
