package org.ergograph.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.ergograph.database.DatabaseState;
import org.ergograph.observation.Kind;
import org.ergograph.observation.NodeIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditWriterTest {
    private static final Duration A_WHILE = Duration.ofSeconds(10);

    private final Observations observations = new Observations();
    private final FakeTime time = new FakeTime();
    private final AuditCounts counts = new AuditCounts();
    private final DatabaseState state = new DatabaseState();

    private record Audit(HistorySink sink, AuditWriter writer) {}

    private Audit audit(DataSource dataSource, int queue, int batch) {
        HistorySettings settings = new HistorySettings(
                queue, batch, Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofMillis(300));
        HistorySink sink = new HistorySink(settings, counts);
        AuditWriter writer = new AuditWriter(
                settings, sink, counts, state, new NodeIdentity("node-a", "1", 0), time, dataSource, List.of());
        state.migrated();
        return new Audit(sink, writer);
    }

    private void fill(Audit audit, int rows) {
        for (int i = 0; i < rows; i++) {
            audit.sink.accept(observations.method("m").durationNanos(i).build());
        }
    }

    private static List<String> durations(DataSource dataSource) {
        return TestDatabase.rows(dataSource, "select duration_nanos from audit order by id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void rowHoldsWhatTheObservationHeld(String product) {
        DataSource dataSource = TestDatabase.of(product);
        Audit audit = audit(dataSource, 1024, 100);
        audit.sink.accept(observations
                .http("GET", "/api/v1/servers/{id}", 503)
                .durationNanos(1_234_567)
                .error("Timeout\u0000Exception")
                .principal("ann\u0000\"e")
                .trace(-1, 255)
                .build());
        audit.sink.accept(observations.of(Kind.WORKFLOW, "register", "probe").build());
        audit.sink.accept(observations.method("plain").internal().build());
        audit.writer.run();
        assertThat(TestDatabase.rows(dataSource, """
                        select s.kind, s.name, s.attribute_1, s.attribute_2, a.duration_nanos, a.status, e.text,
                            p.text, a.trace_id_high, a.trace_id_low, a.request_bytes, a.response_bytes, n.name,
                            cast(extract(epoch from a.started_at) * 1000000 as bigint)
                        from audit a join series s on s.number = a.series join node n on n.number = a.node
                            left join term e on e.number = a.error_type left join term p on p.number = a.principal
                        order by a.id
                        """))
                .containsExactly(
                        "http GET /api/v1/servers/{id} GET /api/v1/servers/{id} 1234567 503 Timeout_Exception"
                                + " ann__e -1 255 -1 512 node-a 1790000000123456",
                        "workflow register/probe register probe 1000000 0 null null 1 2 -1 512 node-a"
                                + " 1790000001123456");
        assertThat(audit.writer.state().written()).isEqualTo(2);
        assertThat(audit.writer.state().lagSeconds()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void everyRowIsWrittenInOneRunWhateverTheBatch(String product) {
        DataSource dataSource = TestDatabase.of(product);
        Audit audit = audit(dataSource, 4096, 100);
        fill(audit, 1050);
        audit.writer.run();
        assertThat(durations(dataSource)).hasSize(1050).startsWith("0", "1").endsWith("1049");
        assertThat(audit.writer.state().waiting()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void lostAnswerToACommitDoublesNothing(String product) {
        DataSource dataSource = TestDatabase.of(product);
        FaultyDataSource faulty = new FaultyDataSource(dataSource);
        Audit audit = audit(faulty.dataSource(), 1024, 10);
        fill(audit, 1);
        audit.writer.run();
        fill(audit, 25);
        faulty.loseAnswerToCommit();
        audit.writer.run();
        assertThat(audit.writer.state().written()).isEqualTo(1);
        assertThat(audit.writer.state().failure()).isEqualTo("SQLException");
        assertThat(durations(dataSource)).hasSize(11);
        time.pass(A_WHILE);
        audit.writer.run();
        assertThat(durations(dataSource)).hasSize(26);
        assertThat(audit.writer.state().written()).isEqualTo(26);
        assertThat(audit.writer.state().failure()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void failedCommitIsTriedAgain(String product) {
        DataSource dataSource = TestDatabase.of(product);
        FaultyDataSource faulty = new FaultyDataSource(dataSource);
        Audit audit = audit(faulty.dataSource(), 1024, 10);
        fill(audit, 1);
        audit.writer.run();
        fill(audit, 5);
        faulty.failCommit();
        audit.writer.run();
        assertThat(durations(dataSource)).hasSize(1);
        time.pass(A_WHILE);
        audit.writer.run();
        assertThat(durations(dataSource)).containsExactly("0", "0", "1", "2", "3", "4");
        assertThat(audit.writer.state().written()).isEqualTo(6);
    }

    @Test
    void databaseThatIsGoneLetsTheQueueFillAndThenRejects() {
        DataSource dataSource = TestDatabase.h2();
        FaultyDataSource faulty = new FaultyDataSource(dataSource);
        Audit audit = audit(faulty.dataSource(), 1024, 1000);
        faulty.refuse(true);
        fill(audit, 10);
        audit.writer.run();
        fill(audit, 2000);
        AuditState state = audit.writer.state();
        assertThat(state.waiting()).isEqualTo(10 + 1024);
        assertThat(state.rejected()).isEqualTo(2000 - 1024);
        assertThat(state.fill()).isEqualTo(1.0);
        faulty.refuse(false);
        audit.writer.run();
        assertThat(durations(dataSource)).as("the pause is not over").isEmpty();
        time.pass(A_WHILE);
        assertThat(audit.writer.state().lagSeconds()).isGreaterThanOrEqualTo(9.9);
        audit.writer.run();
        audit.writer.run();
        assertThat(durations(dataSource)).hasSize(10 + 1024);
        assertThat(audit.writer.state().written()).isEqualTo(10 + 1024);
    }

    @Test
    void nothingIsWrittenBeforeTheSchemaIsThere() {
        DataSource dataSource = TestDatabase.h2();
        HistorySettings settings =
                new HistorySettings(1024, 10, Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofMillis(100));
        HistorySink sink = new HistorySink(settings, counts);
        AuditWriter writer = new AuditWriter(
                settings, sink, counts, state, new NodeIdentity("n", "1", 0), time, dataSource, List.of());
        sink.accept(observations.method("m").build());
        writer.run();
        assertThat(writer.state().waiting()).isEqualTo(1);
        state.migrated();
        writer.run();
        assertThat(durations(dataSource)).hasSize(1);
    }

    @Test
    void endWritesWhatWaits() {
        DataSource dataSource = TestDatabase.h2();
        Audit audit = audit(dataSource, 1024, 10);
        fill(audit, 35);
        audit.writer.stop();
        assertThat(durations(dataSource)).hasSize(35);
        assertThat(audit.writer.state().dropped()).isZero();
    }

    @Test
    void endGivesUpWhatCannotBeWrittenAndCountsIt() {
        FaultyDataSource faulty = new FaultyDataSource(TestDatabase.h2());
        Audit audit = audit(faulty.dataSource(), 1024, 10);
        faulty.refuse(true);
        fill(audit, 35);
        time.passWithEveryReading(Duration.ofMillis(20));
        audit.writer.stop();
        assertThat(audit.writer.state().dropped()).isEqualTo(35);
        assertThat(audit.writer.state().written()).isZero();
    }

    @Test
    void rowThatTheDatabaseRefusesDoesNotHoldUpTheOthers() {
        DataSource dataSource = TestDatabase.postgres();
        TestDatabase.execute(dataSource, "alter table audit add constraint odd check (duration_nanos <> 7)");
        Audit audit = audit(dataSource, 1024, 100);
        fill(audit, 10);
        audit.writer.run();
        assertThat(durations(dataSource)).containsExactly("0", "1", "2", "3", "4", "5", "6", "8", "9");
        assertThat(audit.writer.state().written()).isEqualTo(9);
        assertThat(audit.writer.state().dropped()).isEqualTo(1);
    }

    @Test
    void lockedTableIsGivenUpInTimeAndWrittenLater() throws Exception {
        DataSource dataSource = TestDatabase.postgres();
        Audit audit = audit(dataSource, 1024, 100);
        fill(audit, 3);
        audit.writer.run();
        try (Connection blocker = dataSource.getConnection();
                Statement lock = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            lock.execute("lock table audit in exclusive mode");
            fill(audit, 4);
            long start = System.nanoTime();
            audit.writer.run();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
            assertThat(audit.writer.state().failure()).isNotNull();
            blocker.rollback();
        }
        time.pass(A_WHILE);
        audit.writer.run();
        assertThat(durations(dataSource)).hasSize(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void nodesShareNamesAndNumbers(String product) {
        DataSource dataSource = TestDatabase.of(product);
        for (String name : List.of("a", "b", "a")) {
            HistorySettings settings = new HistorySettings(
                    1024, 10, Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofMillis(100));
            HistorySink sink = new HistorySink(settings, counts);
            state.migrated();
            AuditWriter writer = new AuditWriter(
                    settings, sink, counts, state, new NodeIdentity(name, "1", 0), time, dataSource, List.of());
            sink.accept(observations.method("shared").build());
            writer.run();
        }
        assertThat(TestDatabase.rows(dataSource, "select number, name from node order by number"))
                .containsExactly("0 a", "1 b");
        assertThat(TestDatabase.rows(dataSource, "select name from series")).containsExactly("shared");
        assertThat(TestDatabase.rows(dataSource, "select node from audit order by started_at"))
                .containsExactly("0", "1", "0");
    }
}
