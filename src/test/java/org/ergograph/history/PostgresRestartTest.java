package org.ergograph.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.ergograph.database.DatabaseState;
import org.ergograph.observation.NodeIdentity;
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
        FakeTime time = new FakeTime();
        AuditCounts counts = new AuditCounts();
        DatabaseState state = new DatabaseState();
        state.migrated();
        HistorySettings settings =
                new HistorySettings(1024, 10, Duration.ofMillis(250), Duration.ofSeconds(5), Duration.ofMillis(100));
        HistorySink sink = new HistorySink(settings, counts);
        AuditWriter writer = new AuditWriter(
                settings, sink, counts, state, new NodeIdentity("n", "1", 0), time, dataSource, List.of());
        try (EmbeddedPostgres before = start(data, port)) {
            assertThat(before.getPort()).isEqualTo(port);
            TestDatabase.migrated(dataSource, "postgresql");
            for (int i = 0; i < 5; i++) {
                sink.accept(observations.method("m").durationNanos(i).build());
            }
            writer.run();
        }
        for (int i = 5; i < 50; i++) {
            sink.accept(observations.method("m").durationNanos(i).build());
        }
        writer.run();
        assertThat(writer.state().failure()).isNotNull();
        assertThat(writer.state().waiting()).isEqualTo(45);
        try (EmbeddedPostgres after = start(data, port)) {
            assertThat(after.getPort()).isEqualTo(port);
            time.pass(Duration.ofSeconds(10));
            writer.run();
            assertThat(writer.state().written()).isEqualTo(50);
            assertThat(TestDatabase.rows(
                            dataSource,
                            "select count(*), count(distinct duration_nanos), max(duration_nanos) from audit"))
                    .containsExactly("50 50 49");
        }
    }
}
