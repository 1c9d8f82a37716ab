package org.ergograph.history.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal on the real file system. */
class JournalTest {
    private static final JournalSettings SETTINGS = new JournalSettings(16 << 10, 1 << 10);

    @TempDir
    Path directory;

    private Journal open() throws IOException {
        return Journal.open(JournalFiles.in(directory), SETTINGS);
    }

    private static void append(Journal journal, String text, int records) throws IOException {
        byte[] block = text.getBytes(UTF_8);
        journal.append(block, block.length, records);
    }

    private static List<String> read(Journal journal, long run, long from) throws IOException {
        List<String> blocks = new ArrayList<>();
        try (JournalReader reader = journal.read(run, from)) {
            JournalBlock block = reader.next();
            while (block != null) {
                blocks.add(block.first() + "+" + block.records() + " " + new String(block.payload(), UTF_8));
                block = reader.next();
            }
        }
        return blocks;
    }

    private List<String> segments() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".journal"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void whatIsAppendedIsReadInOrder() throws IOException {
        try (Journal journal = open()) {
            append(journal, "one", 3);
            append(journal, "two", 1);
            journal.sync();
            append(journal, "three", 2);
            assertThat(read(journal, journal.run(), 0)).containsExactly("0+3 one", "3+1 two", "4+2 three");
            assertThat(read(journal, journal.run(), 3)).containsExactly("3+1 two", "4+2 three");
            assertThat(journal.end()).isEqualTo(6);
            assertThat(journal.synced()).isEqualTo(4);
        }
    }

    @Test
    void readerGoesOnWhereMoreWasAppended() throws IOException {
        try (Journal journal = open();
                JournalReader reader = journal.read(journal.run(), 0)) {
            assertThat(reader.next()).isNull();
            append(journal, "one", 1);
            assertThat(reader.next()).extracting(JournalBlock::first).isEqualTo(0L);
            assertThat(reader.next()).isNull();
            for (int i = 0; i < 10; i++) {
                append(journal, "x".repeat(600), 5);
                assertThat(reader.next()).extracting(JournalBlock::end).isEqualTo(6L + 5L * i);
            }
        }
    }

    @Test
    void runsAreFoundInTheOrderOfTheirOpening() throws IOException {
        List<Long> runs = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            try (Journal journal = open()) {
                append(journal, "run " + i, 1);
                runs.add(journal.run());
            }
        }
        try (Journal journal = open()) {
            runs.add(journal.run());
            assertThat(journal.runs()).extracting(JournalRun::id).containsExactlyElementsOf(runs);
            assertThat(read(journal, runs.get(2), 0)).containsExactly("0+1 run 2");
        }
    }

    @Test
    void releasedSegmentsGo() throws IOException {
        try (Journal journal = open()) {
            for (int i = 0; i < 4; i++) {
                append(journal, "x".repeat(900), 10);
            }
            assertThat(segments()).hasSize(4);
            journal.release(journal.run(), 25);
            assertThat(segments()).hasSize(2);
            assertThat(journal.state().backlog()).isEqualTo(15);
        }
        assertThat(segments()).hasSize(2);
        try (Journal journal = open()) {
            assertThat(journal.runs()).hasSize(2);
            assertThat(journal.runs().get(0).first()).isEqualTo(20);
            journal.release(journal.runs().get(0).id(), 40);
            assertThat(journal.runs()).hasSize(1);
        }
        assertThat(segments()).isEmpty();
    }

    @Test
    void atTheBoundTheOldestSegmentThatIsNotPinnedGoesAndIsCounted() throws IOException {
        try (Journal journal = open();
                JournalReader reader = journal.read(journal.run(), 0)) {
            append(journal, "x".repeat(900), 10);
            assertThat(reader.next()).isNotNull();
            for (int i = 0; i < 20; i++) {
                append(journal, "x".repeat(900), 10);
            }
            JournalState state = journal.state();
            assertThat(state.bytes()).isLessThanOrEqualTo(SETTINGS.maxBytes());
            assertThat(state.droppedRecords()).isEqualTo(50);
            assertThat(state.backlog()).isEqualTo(160);
            assertThat(reader.next()).extracting(JournalBlock::first).isEqualTo(60L);
            assertThat(journal.pin(journal.run(), 10, 20)).isFalse();
            assertThat(journal.pin(journal.run(), 60, 70)).isTrue();
        }
    }

    /** An interrupt closes the file that is used. */
    @Test
    void interruptLosesNothing() throws IOException {
        try (Journal journal = open();
                JournalReader reader = journal.read(journal.run(), 0)) {
            append(journal, "one", 1);
            journal.sync();
            append(journal, "two", 1);
            assertThat(reader.next()).isNotNull();

            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> append(journal, "three", 1)).isInstanceOf(IOException.class);
            assertThatThrownBy(journal::sync).isInstanceOf(IOException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(journal.synced()).isEqualTo(1);

            journal.sync();
            append(journal, "three", 1);
            Thread.currentThread().interrupt();
            assertThatThrownBy(reader::next).isInstanceOf(IOException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(reader.next()).extracting(JournalBlock::first).isEqualTo(1L);
            assertThat(reader.next()).extracting(JournalBlock::first).isEqualTo(2L);
            assertThat(read(journal, journal.run(), 0)).containsExactly("0+1 one", "1+1 two", "2+1 three");
            assertThat(journal.state().damagedRecords()).isZero();
        }
    }

    @Test
    void directoryIsForOneJournal() throws IOException {
        Journal first = open();
        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("in use");
        first.close();
        open().close();
    }
}
