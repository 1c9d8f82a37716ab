package org.ergograph.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.ergograph.history.journal.Journal;
import org.ergograph.history.journal.JournalFiles;
import org.ergograph.history.journal.JournalSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFeedTest {
    @TempDir
    Path directory;

    private final Observations observations = new Observations();
    private final DataSource dataSource = TestDatabase.h2();
    private final FaultyDataSource faulty = new FaultyDataSource(dataSource);

    private int next;

    private void fill(Pipeline pipeline, int rows) {
        for (int i = 0; i < rows; i++) {
            pipeline.accept(observations.method("m").durationNanos(next++).build());
        }
    }

    private List<String> durations() {
        return TestDatabase.rows(dataSource, "select duration_nanos from audit order by started_at");
    }

    private static List<String> numbers(int to) {
        return IntStream.range(0, to).mapToObj(Integer::toString).toList();
    }

    private BrokenFiles disk() {
        return new BrokenFiles(JournalFiles.in(directory));
    }

    private Pipeline.Setup setup(JournalFiles files) {
        return Pipeline.Setup.of(faulty.dataSource(), directory).files(files);
    }

    @Test
    void fullDiskKeepsNothingFromTheDatabase() {
        BrokenFiles disk = disk();
        Pipeline pipeline = setup(disk).start();
        fill(pipeline, 10);
        pipeline.run();
        disk.full(true);
        fill(pipeline, 10);
        pipeline.run();
        assertThat(pipeline.state().journalFailure()).isEqualTo("IOException");
        fill(pipeline, 10);
        pipeline.run();
        assertThat(durations()).isEqualTo(numbers(30));
        disk.full(false);
        pipeline.runLater();
        assertThat(pipeline.state().journalFailure()).isNull();
        fill(pipeline, 10);
        pipeline.runLater();
        assertThat(durations()).isEqualTo(numbers(40));
        assertThat(pipeline.state().written()).isEqualTo(40);
        assertThat(pipeline.state().rejected() + pipeline.state().dropped()).isZero();
    }

    @Test
    void whatWasAppendedBeforeTheDiskWasFullIsSafeAtOnce() {
        BrokenFiles disk = disk();
        Pipeline pipeline = setup(disk).start();
        fill(pipeline, 10);
        pipeline.feed.run();
        fill(pipeline, 10);
        pipeline.feed.run();
        int before = disk.forces();
        disk.full(true);
        fill(pipeline, 10);
        pipeline.feed.run();
        assertThat(disk.forces()).isEqualTo(before + 1);
    }

    @Test
    void whatAFullDiskKeptOutOfTheJournalComesIntoItLaterInOrder() throws IOException {
        BrokenFiles disk = disk();
        Pipeline pipeline = setup(disk).start();
        fill(pipeline, 10);
        pipeline.run();
        faulty.refuse(true);
        disk.full(true);
        for (int i = 0; i < 5; i++) {
            fill(pipeline, 10);
            pipeline.run();
        }
        disk.full(false);
        fill(pipeline, 10);
        pipeline.runLater();
        assertThat(pipeline.state().waiting()).isEqualTo(60);
        pipeline.feed.close();
        faulty.refuse(false);

        Pipeline second = setup(disk).start();
        fill(second, 5);
        second.run();
        assertThat(durations()).isEqualTo(numbers(75));
        assertThat(second.state().replayed()).isEqualTo(60);
    }

    @Test
    void withoutDiskAndDatabaseMemoryIsBoundedAndWhatFindsNoRoomIsCounted() {
        BrokenFiles disk = disk();
        Pipeline pipeline = setup(disk).journalMaxBytes(1 << 20).start();
        disk.full(true);
        faulty.refuse(true);
        while (pipeline.state().rejected() == 0) {
            fill(pipeline, 1000);
            pipeline.run();
            assertThat(next).isLessThan(100_000);
        }
        fill(pipeline, 1000);
        AuditState state = pipeline.state();
        assertThat(state.waiting() + state.rejected()).isGreaterThanOrEqualTo(next);
        assertThat(state.fill()).isEqualTo(1.0);
        assertThat(state.hasRoom()).isFalse();
        long rejected = state.rejected();
        faulty.refuse(false);
        disk.full(false);
        pipeline.runLater();
        pipeline.runLater();
        assertThat(pipeline.state().written()).isEqualTo(next - rejected);
        assertThat(TestDatabase.rows(dataSource, "select count(distinct duration_nanos) from audit"))
                .containsExactly(Long.toString(next - rejected));
        assertThat(TestDatabase.rows(dataSource, "select reason, sum(count) from audit_omission group by reason"))
                .containsExactly("rejected " + rejected);
        assertThat(TestDatabase.rows(dataSource, "select sum(count) from rollup_part where sum_nanos is not null"))
                .as("what has no row is counted all the same")
                .containsExactly(Integer.toString(next));
    }

    @Test
    void journalThatCannotBeOpenedIsOpenedLater() {
        BrokenFiles disk = disk();
        disk.full(true);
        Pipeline pipeline = setup(disk).start();
        fill(pipeline, 10);
        pipeline.run();
        assertThat(pipeline.state().journalFailure()).isNotNull();
        assertThat(durations()).isEqualTo(numbers(10));
        faulty.refuse(true);
        fill(pipeline, 10);
        pipeline.run();
        disk.full(false);
        pipeline.runLater();
        assertThat(pipeline.state().journalFailure()).isNull();
        pipeline.feed.close();
        faulty.refuse(false);
        Pipeline second = setup(disk).start();
        second.run();
        assertThat(durations()).isEqualTo(numbers(20));
    }

    @Test
    void atTheBoundTheOldestAreDroppedAndCounted() {
        Pipeline pipeline =
                setup(JournalFiles.in(directory)).journalMaxBytes(1 << 20).start();
        fill(pipeline, 1);
        pipeline.run();
        faulty.refuse(true);
        while (pipeline.state().dropped() == 0) {
            fill(pipeline, 1000);
            pipeline.run();
            assertThat(next).isLessThan(200_000);
        }
        assertThat(pipeline.state().rejected()).isZero();
        faulty.refuse(false);
        pipeline.runLater();
        pipeline.runLater();
        AuditState state = pipeline.state();
        assertThat(state.waiting()).isZero();
        assertThat(state.written() + state.dropped()).isEqualTo(next);
        List<String> durations = durations();
        assertThat(durations)
                .hasSize((int) state.written())
                .doesNotHaveDuplicates()
                .endsWith(Integer.toString(next - 1));
    }

    @Test
    void rowIsSafeOnDiskBeforeTheJournalLetsGoOfIt() {
        Pipeline pipeline = setup(JournalFiles.in(directory)).start();
        fill(pipeline, 10);
        pipeline.time.pass(Duration.ofMillis(100));
        pipeline.feed.run();
        pipeline.writer.run();
        assertThat(durations()).hasSize(10);
        assertThat(pipeline.state().written()).as("no checkpoint yet").isZero();
        assertThat(pipeline.feed.journalState().backlog()).isEqualTo(10);
        pipeline.time.pass(Pipeline.DURABILITY);
        pipeline.writer.run();
        assertThat(pipeline.state().written()).isEqualTo(10);
        assertThat(pipeline.feed.journalState().backlog()).isZero();
    }

    @Test
    void blockThatThisVersionCannotReadIsLeftOutAndCounted() throws IOException {
        try (Journal before = Journal.open(JournalFiles.in(directory), JournalSettings.of(1 << 20))) {
            append(before, 0, BlockFormat.VERSION);
            append(before, 1, BlockFormat.VERSION + 1);
            append(before, 2, BlockFormat.VERSION);
            append(before, 3, BlockFormat.VERSION + 1);
            before.sync();
        }
        Pipeline pipeline = setup(JournalFiles.in(directory)).start();
        next = 4;
        fill(pipeline, 1);
        pipeline.run();
        assertThat(durations()).containsExactly("0", "2", "4");
        assertThat(pipeline.state().dropped()).isEqualTo(2);
        assertThat(pipeline.state().written()).isEqualTo(3);
        assertThat(pipeline.feed.journalState().backlog()).isZero();
    }

    private void append(Journal journal, long duration, int version) throws IOException {
        BlockWriter writer = new BlockWriter("before");
        var row = observations.method("m").durationNanos(duration).build();
        writer.take(row.series(), row.startEpochNanos(), duration, 0, null, 1, 2, null, -1, -1);
        byte[] block = writer.finish();
        block[0] = (byte) version;
        journal.append(block, block.length, 1);
    }
}
