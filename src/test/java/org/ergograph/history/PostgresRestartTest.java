package org.ergograph.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;
import org.ergograph.database.PasswordPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresRestartTest {
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void rowsThatWaitedForTheDatabaseAreWrittenOnceItIsBackAndNoneTwice(@TempDir Path directory) throws Exception {
        int port = freePort();
        Path data = directory.resolve("data");
        DataSource dataSource = PasswordPostgres.dataSource(port, "postgres");
        Observations observations = new Observations();
        Pipeline pipeline = Pipeline.Setup.of(dataSource, directory.resolve("journal"))
                .batch(10)
                .databaseTimeout(Duration.ofSeconds(5))
                .start();
        try (PasswordPostgres before = PasswordPostgres.start(data, port)) {
            assertThat(before.port()).isEqualTo(port);
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
        try (PasswordPostgres after = PasswordPostgres.start(data, port)) {
            assertThat(after.port()).isEqualTo(port);
            pipeline.runLater();
            assertThat(pipeline.state().written()).isEqualTo(50);
            assertThat(TestDatabase.rows(
                            dataSource,
                            "select count(*), count(distinct duration_nanos), max(duration_nanos) from audit"))
                    .containsExactly("50 50 49");
        }
    }
}
