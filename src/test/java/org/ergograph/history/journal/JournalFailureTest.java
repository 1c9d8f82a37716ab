package org.ergograph.history.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** What a caller sees when the disk fails, is full, or the bound is reached. */
class JournalFailureTest {
    private final FaultyFiles files = new FaultyFiles(new Random(1));

    private Journal open() throws IOException {
        return Journal.open(files, Blocks.SETTINGS);
    }

    private static void appendFails(Journal journal, int number) {
        assertThatThrownBy(() -> Blocks.append(journal, number, number + 1)).isInstanceOf(IOException.class);
        assertThat(journal.skip(Blocks.RECORDS)).isEqualTo((long) number * Blocks.RECORDS);
    }

    private static void appendLate(Journal journal, int number) throws IOException {
        journal.appendAt((long) number * Blocks.RECORDS, Blocks.block(number), Blocks.BYTES, Blocks.RECORDS);
    }

    @Test
    void fullDiskLeavesNoHalfABlockAndGoesOnWhenThereIsRoom() throws IOException {
        try (Journal journal = open();
                JournalReader reader = journal.read(journal.run(), 0)) {
            Blocks.append(journal, 0, 2);
            files.space = 100;
            appendFails(journal, 2);
            appendFails(journal, 3);
            journal.sync();
            assertThat(journal.synced()).isEqualTo(20);
            assertThat(files.bytes()).isEqualTo(SegmentHeader.BYTES + 2 * Blocks.FRAME);

            files.space = Long.MAX_VALUE;
            appendLate(journal, 3);
            Blocks.append(journal, 4, 6);
            journal.sync();
            assertThat(Blocks.rest(reader)).containsExactly(0, 1, 3, 4, 5);
            assertThat(journal.state().damagedRecords()).isZero();
        }
        files.crash();
        try (Journal journal = open()) {
            assertThat(Blocks.read(journal, journal.runs().get(0).id())).containsExactly(0, 1, 3, 4, 5);
            assertThat(journal.state().damagedRecords()).isZero();
        }
    }

    @Test
    void segmentThatCannotBeBegunLeavesNoFile() throws IOException {
        try (Journal journal = open()) {
            files.space = 30;
            appendFails(journal, 0);
            files.space = SegmentHeader.BYTES + 30;
            appendFails(journal, 1);
            files.space = Long.MAX_VALUE;
            files.failingDirectorySyncs = 1;
            appendFails(journal, 2);
            assertThat(files.segments()).isEmpty();
            appendLate(journal, 2);
            assertThat(Blocks.read(journal, journal.run())).containsExactly(2);
        }
    }

    @Test
    void afterAFailedForceEverythingThatWasNotForcedIsWrittenAgain() throws IOException {
        Journal journal = open();
        Blocks.append(journal, 0, 2);
        journal.sync();
        Blocks.append(journal, 2, 4);
        files.failingForces = 2;
        assertThatThrownBy(journal::sync).hasMessage("force failed");
        assertThat(journal.synced()).isEqualTo(20);
        appendFails(journal, 4);
        assertThatThrownBy(journal::sync).hasMessage("force failed");
        assertThat(journal.synced()).isEqualTo(20);
        journal.sync();
        assertThat(journal.synced()).isEqualTo(40);
        appendLate(journal, 4);
        journal.sync();
        assertThat(Blocks.read(journal, journal.run())).isEqualTo(Blocks.numbers(0, 5));

        files.crash();
        journal = open();
        assertThat(Blocks.read(journal, journal.runs().get(0).id())).isEqualTo(Blocks.numbers(0, 5));
        assertThat(journal.state().damagedRecords()).isZero();
        journal.close();
    }

    @Test
    void readerInASegmentThatIsGivenUpMissesNothingAndGetsNothingTwice() throws IOException {
        try (Journal journal = open();
                JournalReader ahead = journal.read(journal.run(), 0);
                JournalReader behind = journal.read(journal.run(), 0)) {
            Blocks.append(journal, 0, 1);
            journal.sync();
            Blocks.append(journal, 1, 4);
            assertThat(Blocks.rest(ahead)).containsExactly(0, 1, 2, 3);
            assertThat(behind.next()).isNotNull();
            files.failingForces = 1;
            assertThatThrownBy(journal::sync).hasMessage("force failed");
            assertThat(ahead.next()).isNull();
            journal.sync();
            Blocks.append(journal, 4, 6);
            assertThat(Blocks.rest(ahead)).containsExactly(4, 5);
            assertThat(Blocks.rest(behind)).containsExactly(1, 2, 3, 4, 5);
            assertThat(journal.state().badBlocks()).isZero();
        }
    }

    @Test
    void whatIsWrittenAgainAndAgainDoesNotGrow() throws IOException {
        try (Journal journal = open()) {
            Blocks.append(journal, 0, 2);
            files.failingForces = 100;
            for (int i = 0; i < 100; i++) {
                assertThatThrownBy(journal::sync).isInstanceOf(IOException.class);
                assertThat(files.bytes()).isZero();
            }
            files.space = SegmentHeader.BYTES + Blocks.FRAME + 10;
            for (int i = 0; i < 100; i++) {
                assertThatThrownBy(journal::sync).hasMessage("No space left on device");
                assertThat(files.bytes()).isZero();
            }
            files.space = Long.MAX_VALUE;
            journal.sync();
            assertThat(Blocks.read(journal, journal.run())).containsExactly(0, 1);
        }
    }

    @Test
    void readThatFailsIsTriedAgain() throws IOException {
        try (Journal journal = open();
                JournalReader reader = journal.read(journal.run(), 0)) {
            Blocks.append(journal, 0, 6);
            assertThat(reader.next()).isNotNull();
            files.failingReads = 1;
            assertThatThrownBy(reader::next).hasMessage("read failed");
            assertThat(Blocks.rest(reader)).containsExactly(1, 2, 3, 4, 5);
            assertThat(journal.state().damagedRecords()).isZero();
        }
    }

    @Test
    void releaseStandsThoughAFileCannotBeDeleted() throws IOException {
        try (Journal journal = open()) {
            Blocks.append(journal, 0, 9);
            files.failingDeletes = 1;
            assertThatThrownBy(() -> journal.release(journal.run(), 80)).hasMessage("delete failed");
            assertThat(journal.state().backlog()).isEqualTo(10);
            assertThat(journal.state().bytes()).isEqualTo(files.bytes());
            journal.release(journal.run(), 80);
            assertThat(files.segments()).hasSize(1);
            assertThat(journal.state().bytes()).isEqualTo(files.bytes());
        }
    }

    @Test
    void journalThatIsAllPinnedTakesNoMore() throws IOException {
        try (Journal journal = open()) {
            assertThat(journal.pin(journal.run(), 0, Long.MAX_VALUE)).isTrue();
            int taken = 0;
            while (taken < 67) {
                Blocks.append(journal, taken, taken + 1);
                taken++;
            }
            appendFails(journal, taken);
            assertThat(journal.state().droppedRecords()).isZero();
            journal.release(journal.run(), 40);
            appendLate(journal, taken);
            assertThat(Blocks.read(journal, journal.run())).isEqualTo(Blocks.numbers(4, 68));
        }
    }

    @Test
    void recordsOfEarlierRunsAreDroppedFirstAndReleasedOnesAreNotCounted() throws IOException {
        long earlier;
        try (Journal journal = open()) {
            Blocks.append(journal, 0, 8);
            earlier = journal.run();
        }
        try (Journal journal = open()) {
            journal.release(earlier, 30);
            Blocks.append(journal, 0, 64);
            assertThat(journal.state().droppedRecords()).isEqualTo(50);
            assertThat(journal.runs()).extracting(JournalRun::id).containsExactly(journal.run());
            assertThat(journal.pin(earlier, 40, 50)).isFalse();
            assertThat(Blocks.read(journal, earlier)).isEmpty();
            assertThat(Blocks.read(journal, journal.run())).isEqualTo(Blocks.numbers(0, 64));
        }
    }

    @Test
    void droppingIsToldOnceAndAgainAfterItWasOver() throws IOException {
        List<String> told = new ArrayList<>();
        Logger logger = Logger.getLogger(Holdings.class.getName());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                told.add(entry.getLevel() + " " + entry.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try (Journal journal = open()) {
            Blocks.append(journal, 0, 100);
            assertThat(told).singleElement().asString().startsWith("SEVERE The journal holds");
            journal.release(journal.run(), 990);
            Blocks.append(journal, 100, 110);
            assertThat(told).hasSize(1);
            Blocks.append(journal, 110, 127);
            Blocks.append(journal, 0, 60);
            assertThat(told).hasSize(2);
        } finally {
            logger.removeHandler(handler);
        }
    }

    @Test
    void runThatWasBegunInMemoryGoesOn() throws IOException {
        long run = Journal.newRun();
        try (Journal journal = Journal.open(files, Blocks.SETTINGS, run, 30)) {
            assertThat(journal.run()).isEqualTo(run);
            assertThat(journal.end()).isEqualTo(30);
            Blocks.append(journal, 3, 5);
        }
        try (Journal journal = open()) {
            assertThat(journal.runs().get(0))
                    .extracting(JournalRun::id, JournalRun::first)
                    .containsExactly(run, 30L);
            assertThat(Blocks.read(journal, run)).containsExactly(3, 4);
        }
    }

    @Test
    void onlyNumbersThatWereSkippedCanBeAppendedLate() throws IOException {
        try (Journal journal = open()) {
            Blocks.append(journal, 0, 1);
            assertThatIllegalArgumentException().isThrownBy(() -> appendLate(journal, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> appendLate(journal, 1));
            assertThat(journal.skip(20)).isEqualTo(10);
            appendLate(journal, 2);
            assertThatIllegalArgumentException().isThrownBy(() -> appendLate(journal, 1));
            assertThat(journal.end()).isEqualTo(30);
        }
    }

    @Test
    void blockIsOfOneByteTo16MiBAndHasRecords() throws IOException {
        try (Journal journal = Journal.open(files, JournalSettings.of(64 << 20))) {
            byte[] large = new byte[(16 << 20) + 1];
            assertThatIllegalArgumentException().isThrownBy(() -> journal.append(large, large.length, 1));
            assertThatIllegalArgumentException().isThrownBy(() -> journal.append(large, 0, 1));
            assertThatIllegalArgumentException().isThrownBy(() -> journal.append(large, 1, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> journal.append(new byte[1], 2, 1));
            assertThatIllegalArgumentException().isThrownBy(() -> journal.skip(0));
            assertThat(journal.end()).isZero();
            journal.append(large, 16 << 20, 1);
            journal.append(large, 1, 1);
            try (JournalReader reader = journal.read(journal.run(), 0)) {
                assertThat(reader.next())
                        .extracting(block -> block.payload().length)
                        .isEqualTo(16 << 20);
                assertThat(reader.next())
                        .extracting(block -> block.payload().length)
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void blockThatIsLargerThanTheBoundDropsNothing() throws IOException {
        try (Journal journal = open()) {
            Blocks.append(journal, 0, 8);
            assertThatIllegalArgumentException().isThrownBy(() -> journal.append(new byte[16 << 10], 16 << 10, 1));
            assertThat(Blocks.read(journal, journal.run())).isEqualTo(Blocks.numbers(0, 8));
        }
    }

    @Test
    void boundsOfTheSettings() {
        assertThat(JournalSettings.of(1 << 30).segmentBytes()).isEqualTo(8 << 20);
        assertThat(JournalSettings.of(16 << 20).segmentBytes()).isEqualTo(1 << 20);
        assertThat(new JournalSettings(2048, 1024).maxBytes()).isEqualTo(2048);
        assertThatIllegalArgumentException().isThrownBy(() -> new JournalSettings(2047, 1024));
        assertThatIllegalArgumentException().isThrownBy(() -> new JournalSettings(4096, 1023));
    }
}
