package org.ergograph.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExactlyOnceTest {
    private static final int ROWS = 25;

    @TempDir
    Path directory;

    private final Observations observations = new Observations();

    /** The figures of the rows and of what they add to the rollups, which have to agree. */
    private static List<String> figures(DataSource dataSource) {
        return TestDatabase.rows(
                dataSource,
                "select (select count(*) from audit), (select count(distinct duration_nanos) from audit),"
                        + " (select sum(count) from rollup_part where sum_nanos is not null),"
                        + " (select sum(sum_nanos) from rollup_part)");
    }

    @ParameterizedTest
    @CsvSource({"h2, true", "h2, false", "postgresql, true", "postgresql, false"})
    void connectionMayBeCutAtAnyStepOfTheWay(String product, boolean before) {
        DataSource dataSource = TestDatabase.of(product);
        int steps = 0;
        for (boolean cut = true; cut; steps++) {
            TestDatabase.execute(dataSource, "delete from audit");
            TestDatabase.execute(dataSource, "delete from rollup_part");
            TestDatabase.execute(dataSource, "delete from audit_journal");
            TestDatabase.execute(dataSource, "delete from node");
            TestDatabase.execute(dataSource, "delete from series");
            InterruptedDataSource interrupted = new InterruptedDataSource(dataSource);
            Pipeline pipeline = Pipeline.Setup.of(interrupted.dataSource(), directory)
                    .batch(10)
                    .start();
            for (int i = 0; i < ROWS; i++) {
                pipeline.accept(observations.method("m").durationNanos(i).build());
            }
            pipeline.accept(
                    observations.method("own").internal().durationNanos(1000).build());
            interrupted.cutAt(steps, before);
            pipeline.run();
            pipeline.runLater();
            cut = interrupted.wasCut();
            int sum = IntStream.range(0, ROWS).sum() + 1000;
            assertThat(figures(dataSource))
                    .as("step " + steps)
                    .containsExactly(ROWS + " " + ROWS + " " + (ROWS + 1) + " " + sum);
            AuditState state = pipeline.state();
            assertThat(state.written()).as("step " + steps).isEqualTo(ROWS);
            assertThat(state.dropped()).isZero();
            assertThat(state.waiting()).isZero();
            pipeline.writer.stop();
        }
        assertThat(steps).isGreaterThan(15);
    }

    @ParameterizedTest
    @CsvSource({"h2, true", "h2, false", "postgresql, true", "postgresql, false"})
    void applicationMayEndAtAnyStepOfTheWay(String product, boolean before) {
        DataSource dataSource = TestDatabase.of(product);
        int rows = 0;
        int steps = 0;
        for (boolean cut = true; cut; steps++) {
            InterruptedDataSource interrupted = new InterruptedDataSource(dataSource);
            Pipeline first = Pipeline.Setup.of(interrupted.dataSource(), directory)
                    .batch(10)
                    .start();
            for (int i = 0; i < ROWS; i++) {
                first.accept(observations.method("m").durationNanos(rows++).build());
            }
            interrupted.cutAt(steps, before);
            first.once();
            cut = interrupted.wasCut();
            // The process is gone: nothing of its memory is left, and the lock of its journal is free.
            first.feed.close();

            Pipeline second = Pipeline.Setup.of(dataSource, directory).batch(10).start();
            second.run();
            assertThat(TestDatabase.rows(
                            dataSource,
                            "select count(*), count(distinct duration_nanos), max(duration_nanos) from audit"))
                    .as("step " + steps)
                    .containsExactly(rows + " " + rows + " " + (rows - 1));
            assertThat(second.state().waiting()).isZero();
            second.writer.stop();
        }
        assertThat(steps).isGreaterThan(10);
    }
}
