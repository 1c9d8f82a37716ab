package org.ergograph.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.ergograph.database.DatabaseState;
import org.ergograph.observation.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditWriterTest {
    @TempDir
    Path directory;

    private final Observations observations = new Observations();

    private Pipeline.Setup setup(DataSource dataSource) {
        return Pipeline.Setup.of(dataSource, directory);
    }

    private void fill(Pipeline pipeline, int from, int to) {
        for (int i = from; i < to; i++) {
            pipeline.accept(observations.method("m").durationNanos(i).build());
        }
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    private static List<String> durations(DataSource dataSource) {
        return TestDatabase.rows(dataSource, "select duration_nanos from audit order by id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void rowHoldsWhatTheObservationHeld(String product) {
        DataSource dataSource = TestDatabase.of(product);
        Pipeline pipeline = setup(dataSource).start();
        pipeline.accept(observations
                .http("GET", "/api/v1/servers/{id}", 503)
                .durationNanos(1_234_567)
                .error("Timeout\u0000Exception")
                .principal("ann\u0000\"e")
                .trace(-1, 255)
                .build());
        pipeline.accept(observations.of(Kind.WORKFLOW, "register", "probe").build());
        pipeline.accept(observations.method("plain").internal().build());
        pipeline.run();
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
        assertThat(pipeline.state().written()).isEqualTo(2);
        assertThat(pipeline.state().lagSeconds()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void everyRowIsWrittenInOneRunWhateverTheBatch(String product) {
        DataSource dataSource = TestDatabase.of(product);
        Pipeline pipeline = setup(dataSource).queue(4096).start();
        fill(pipeline, 0, 1050);
        pipeline.run();
        assertThat(durations(dataSource)).containsExactlyElementsOf(numbers(0, 1050));
        assertThat(pipeline.state().waiting()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void lostAnswerToACommitDoublesNothing(String product) {
        DataSource dataSource = TestDatabase.of(product);
        FaultyDataSource faulty = new FaultyDataSource(dataSource);
        Pipeline pipeline = setup(faulty.dataSource()).batch(10).start();
        fill(pipeline, 0, 1);
        pipeline.run();
        fill(pipeline, 1, 26);
        faulty.loseAnswerToCommit();
        pipeline.once();
        assertThat(pipeline.state().written()).isEqualTo(1);
        assertThat(pipeline.state().failure()).isEqualTo("SQLException");
        assertThat(durations(dataSource)).hasSize(11);
        pipeline.runLater();
        assertThat(durations(dataSource)).containsExactlyElementsOf(numbers(0, 26));
        assertThat(pipeline.state().written()).isEqualTo(26);
        assertThat(pipeline.state().failure()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void failedCommitIsTriedAgain(String product) {
        DataSource dataSource = TestDatabase.of(product);
        FaultyDataSource faulty = new FaultyDataSource(dataSource);
        Pipeline pipeline = setup(faulty.dataSource()).batch(10).start();
        fill(pipeline, 0, 1);
        pipeline.run();
        fill(pipeline, 1, 6);
        faulty.failCommit();
        pipeline.once();
        assertThat(durations(dataSource)).hasSize(1);
        pipeline.runLater();
        assertThat(durations(dataSource)).containsExactlyElementsOf(numbers(0, 6));
        assertThat(pipeline.state().written()).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void databaseThatIsGoneLetsTheJournalGrowAndNothingIsLost(String product) {
        DataSource dataSource = TestDatabase.of(product);
        FaultyDataSource faulty = new FaultyDataSource(dataSource);
        Pipeline pipeline = setup(faulty.dataSource()).start();
        faulty.refuse(true);
        fill(pipeline, 0, 10);
        pipeline.run();
        for (int i = 0; i < 4; i++) {
            fill(pipeline, 10 + i * 1000, 1010 + i * 1000);
            pipeline.run();
        }
        AuditState state = pipeline.state();
        assertThat(state.waiting()).isEqualTo(4010);
        assertThat(state.rejected()).isZero();
        assertThat(state.journalBytes()).isPositive();
        assertThat(state.failure()).isEqualTo("SQLException");
        assertThat(state.lagSeconds()).isGreaterThanOrEqualTo(4.9);
        faulty.refuse(false);
        pipeline.runLater();
        assertThat(durations(dataSource)).containsExactlyElementsOf(numbers(0, 4010));
        assertThat(pipeline.state().written()).isEqualTo(4010);
        assertThat(pipeline.state().lagSeconds()).isZero();
    }

    @Test
    void fullQueueRejects() {
        Pipeline pipeline = setup(TestDatabase.h2()).start();
        fill(pipeline, 0, 2000);
        assertThat(pipeline.state().rejected()).isEqualTo(2000 - 1024);
        assertThat(pipeline.state().fill()).isEqualTo(1.0);
        pipeline.run();
        assertThat(pipeline.state().written()).isEqualTo(1024);
    }

    @Test
    void pauseAfterAFailureIsKept() {
        DataSource dataSource = TestDatabase.h2();
        FaultyDataSource faulty = new FaultyDataSource(dataSource);
        Pipeline pipeline = setup(faulty.dataSource()).start();
        faulty.refuse(true);
        fill(pipeline, 0, 5);
        pipeline.once();
        faulty.refuse(false);
        pipeline.writer.run();
        assertThat(durations(dataSource)).isEmpty();
        pipeline.time.pass(Duration.ofMillis(250));
        pipeline.writer.run();
        assertThat(durations(dataSource)).hasSize(5);
    }

    @Test
    void nothingIsWrittenBeforeTheSchemaIsThere() {
        DataSource dataSource = TestDatabase.h2();
        DatabaseState state = new DatabaseState();
        Pipeline pipeline = setup(dataSource).database(state).start();
        fill(pipeline, 0, 1);
        pipeline.run();
        assertThat(pipeline.state().waiting()).isEqualTo(1);
        state.migrated();
        pipeline.run();
        assertThat(durations(dataSource)).hasSize(1);
    }

    @Test
    void endWritesWhatWaits() {
        DataSource dataSource = TestDatabase.h2();
        Pipeline pipeline = setup(dataSource).batch(10).start();
        fill(pipeline, 0, 35);
        pipeline.writer.stop();
        assertThat(durations(dataSource)).hasSize(35);
        assertThat(pipeline.state().written()).isEqualTo(35);
        assertThat(pipeline.state().dropped()).isZero();
        assertThat(directory).isDirectoryNotContaining("glob:**.journal");
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void whatCouldNotBeWrittenBeforeTheEndIsWrittenAfterTheNextStart(String product) {
        DataSource dataSource = TestDatabase.of(product);
        FaultyDataSource faulty = new FaultyDataSource(dataSource);
        Pipeline first = setup(faulty.dataSource()).batch(10).start();
        fill(first, 0, 5);
        first.run();
        faulty.refuse(true);
        fill(first, 5, 35);
        first.time.passWithEveryReading(Duration.ofMillis(20));
        first.writer.stop();
        assertThat(first.state().dropped()).isZero();
        assertThat(first.state().written()).isEqualTo(5);
        faulty.refuse(false);

        Pipeline second = setup(faulty.dataSource()).node("node-b").start();
        fill(second, 35, 40);
        second.run();
        assertThat(durations(dataSource)).containsExactlyElementsOf(numbers(0, 40));
        assertThat(second.state().replayed()).isEqualTo(30);
        assertThat(second.state().written()).isEqualTo(35);
        assertThat(
                        TestDatabase.rows(
                                dataSource,
                                "select n.name, count(*) from audit a join node n on n.number = a.node group by n.name order by 1"))
                .containsExactly("node-a 35", "node-b 5");
        assertThat(TestDatabase.rows(dataSource, "select count(*) from audit_journal"))
                .as("the position of a run that is done is forgotten")
                .containsExactly("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void rowThatTheDatabaseRefusesDoesNotHoldUpTheOthers(String product) {
        DataSource dataSource = TestDatabase.of(product);
        TestDatabase.execute(dataSource, "alter table audit add constraint odd check (duration_nanos <> 7)");
        Pipeline pipeline = setup(dataSource).start();
        fill(pipeline, 0, 10);
        pipeline.run();
        assertThat(durations(dataSource)).containsExactly("0", "1", "2", "3", "4", "5", "6", "8", "9");
        assertThat(pipeline.state().written()).isEqualTo(9);
        assertThat(pipeline.state().dropped()).isEqualTo(1);
        assertThat(TestDatabase.rows(dataSource, "select node, reason, count from audit_omission"))
                .containsExactly("0 dropped 1");
    }

    @Test
    void lockedTableIsGivenUpInTimeAndWrittenLater() throws Exception {
        DataSource dataSource = TestDatabase.postgres();
        Pipeline pipeline = setup(dataSource).start();
        fill(pipeline, 0, 3);
        pipeline.run();
        try (Connection blocker = dataSource.getConnection();
                Statement lock = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            lock.execute("lock table audit in exclusive mode");
            fill(pipeline, 3, 7);
            long start = System.nanoTime();
            pipeline.run();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
            assertThat(pipeline.state().failure()).isNotNull();
            blocker.rollback();
        }
        pipeline.runLater();
        assertThat(durations(dataSource)).hasSize(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void nodesShareNamesAndNumbers(String product) {
        DataSource dataSource = TestDatabase.of(product);
        for (String name : List.of("a", "b", "a")) {
            Pipeline pipeline = Pipeline.of(dataSource, name);
            pipeline.accept(observations.method("shared").build());
            pipeline.run();
        }
        assertThat(TestDatabase.rows(dataSource, "select number, name from node order by number"))
                .containsExactly("0 a", "1 b");
        assertThat(TestDatabase.rows(dataSource, "select name from series")).containsExactly("shared");
        assertThat(TestDatabase.rows(dataSource, "select node from audit order by started_at"))
                .containsExactly("0", "1", "0");
    }
}
