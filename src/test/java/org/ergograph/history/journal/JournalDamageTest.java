package org.ergograph.history.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Three full segments of a run, blocks 0 to 11, of which something is not as it was written. */
@ExtendWith(Quiet.class)
class JournalDamageTest {
    private static final int LAST = 11;

    private final FaultyFiles files = new FaultyFiles(new Random(1));
    private long run;

    @BeforeEach
    void write() throws IOException {
        try (Journal journal = open()) {
            Blocks.append(journal, 0, 12);
            run = journal.run();
        }
    }

    private Journal open() throws IOException {
        return Journal.open(files, Blocks.SETTINGS);
    }

    private String segment(int index) {
        return files.segments().get(index);
    }

    static Stream<Arguments> damages() {
        int frame = Blocks.offset(1);
        int payload = frame + Frame.BYTES;
        int end = Blocks.offset(3) + Blocks.FRAME;
        return Stream.of(
                Arguments.of("a byte of a block", 1, payload + 50, payload + 51, List.of(5)),
                Arguments.of("a block's magic number", 1, frame, frame + 4, List.of(5)),
                Arguments.of("a block's length", 1, frame + 4, frame + 8, List.of(5)),
                Arguments.of("a block's sequence number", 1, frame + 8, frame + 16, List.of(5)),
                Arguments.of("a block's count of records", 1, frame + 16, frame + 20, List.of(5)),
                Arguments.of("a block's checksum", 1, frame + 20, frame + 24, List.of(5)),
                Arguments.of("the checksum of a frame", 1, frame + 24, frame + 28, List.of(5)),
                Arguments.of("two blocks", 1, frame, payload + 300, List.of(5, 6)),
                Arguments.of("the last block of a segment that is not the last", 1, Blocks.offset(3), end, List.of(7)),
                Arguments.of("all blocks of a segment", 1, Blocks.offset(0), end, List.of(4, 5, 6, 7)),
                Arguments.of("a whole segment", 1, 0, end, List.of(4, 5, 6, 7)),
                Arguments.of("the whole first segment", 0, 0, end, List.of(0, 1, 2, 3)),
                Arguments.of("a segment's header", 1, 0, SegmentHeader.BYTES, List.of()),
                Arguments.of("the first segment's header", 0, 0, SegmentHeader.BYTES, List.of()),
                Arguments.of("the last segment's header", 2, 0, SegmentHeader.BYTES, List.of()),
                Arguments.of("a segment's format", 1, 8, 12, List.of()),
                Arguments.of("a segment's header and first block", 1, 20, 100, List.of(4)),
                Arguments.of("the last segment's header and first block", 2, 20, 100, List.of(8)),
                Arguments.of("a block in the last segment", 2, payload, payload + 1, List.of(9)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void damageLosesItsBlocksOnlyAndTheyAreCountedOnce(String what, int index, int from, int to, List<Integer> lost)
            throws IOException {
        files.damage(segment(index), from, to);
        try (Journal journal = open()) {
            List<Integer> sound = Blocks.numbersWithout(0, 12, lost.toArray(Integer[]::new));
            assertThat(Blocks.read(journal, run)).as(what).isEqualTo(sound);
            assertThat(Blocks.read(journal, run)).isEqualTo(sound);
            assertThat(journal.state().damagedRecords()).isEqualTo((long) lost.size() * Blocks.RECORDS);
            assertThat(journal.state().badBlocks()).isEqualTo(lost.isEmpty() ? 0 : 1);
            assertThat(journal.state().droppedRecords()).isZero();
            journal.release(run, 12 * Blocks.RECORDS);
            assertThat(journal.state().backlog()).isZero();
        }
        assertThat(files.segments()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 27, 28, 100, 227})
    void tornTailOfARunIsNormal(int bytesLeft) throws IOException {
        files.cut(segment(2), Blocks.offset(LAST) + bytesLeft);
        tailIsMissing();
    }

    @Test
    void tailOfARunThatIsNotWhatWasWrittenIsNormal() throws IOException {
        files.damage(segment(2), Blocks.offset(LAST) + 100, Blocks.offset(LAST) + Blocks.FRAME);
        tailIsMissing();
    }

    private void tailIsMissing() throws IOException {
        try (Journal journal = open()) {
            assertThat(Blocks.read(journal, run)).isEqualTo(Blocks.numbers(0, LAST));
            assertThat(journal.state().damagedRecords()).isZero();
            assertThat(journal.state().badBlocks()).isZero();
            assertThat(journal.state().backlog()).isEqualTo(LAST * Blocks.RECORDS);
        }
    }

    @Test
    void fileThatIsGoneIsCounted() throws IOException {
        files.delete(segment(1));
        try (Journal journal = open()) {
            assertThat(Blocks.read(journal, run)).isEqualTo(Blocks.numbersWithout(0, 12, 4, 5, 6, 7));
            assertThat(journal.state().damagedRecords()).isEqualTo(4 * Blocks.RECORDS);
        }
    }

    @Test
    void fileThatGoesWhileTheJournalIsOpenIsCounted() throws IOException {
        try (Journal journal = open()) {
            files.delete(segment(1));
            assertThat(Blocks.read(journal, run)).isEqualTo(Blocks.numbersWithout(0, 12, 4, 5, 6, 7));
            assertThat(journal.state().damagedRecords()).isEqualTo(4 * Blocks.RECORDS);
        }
    }

    @Test
    void damageBelowWhatIsReadIsNotCounted() throws IOException {
        files.damage(segment(0), 0, 900);
        try (Journal journal = open()) {
            journal.release(run, 4 * Blocks.RECORDS);
            assertThat(Blocks.read(journal, run, 4 * Blocks.RECORDS)).isEqualTo(Blocks.numbers(4, 12));
            assertThat(journal.state().damagedRecords()).isZero();
        }
    }

    @Test
    void whatLooksLikeABlockInsideOfADamagedOneIsNone() throws IOException {
        ByteBuffer forged = ByteBuffer.allocate(Blocks.BYTES);
        byte[] text = {1, 2, 3};
        new Frame(text.length, 10_000, 1, Frame.crc(text, text.length)).encode(4711, forged);
        forged.put(text);
        try (Journal journal = open()) {
            journal.append(forged.array(), Blocks.BYTES, 1);
            journal.append(text, text.length, 1);
            run = journal.run();
        }
        files.damage(segment(3), SegmentHeader.BYTES, SegmentHeader.BYTES + 4);
        try (Journal journal = open();
                JournalReader reader = journal.read(run, 0)) {
            assertThat(reader.next()).extracting(JournalBlock::first).isEqualTo(1L);
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void otherVersionIsRefusedAndNothingIsTouched() throws IOException {
        byte[] later = files.content(segment(1));
        ByteBuffer header = ByteBuffer.wrap(later).putInt(8, 2);
        CRC32C crc = new CRC32C();
        crc.update(header.slice(0, 12));
        header.putInt(12, (int) crc.getValue());
        files.replace(segment(1), later);
        files.cut(segment(2), 10);
        List<String> before = files.segments();

        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(segment(1))
                .hasMessageContaining("format version 2");
        assertThat(files.segments()).isEqualTo(before);
        assertThat(files.content(segment(1))).isEqualTo(later);

        files.delete(segment(1));
        open().close();
    }

    @Test
    void otherFilesAreLeftAlone() throws IOException {
        List<String> others = List.of(
                "lock", "notes.txt", "0000000001-00-1.journal", "9999999999-0000000000000001-0000000001.journal");
        others.forEach(name -> files.replace(name, new byte[] {1}));
        try (Journal journal = open()) {
            assertThat(Blocks.read(journal, run)).hasSize(12);
        }
        assertThat(files.segments()).containsAll(others);
    }

    /** Whatever is damaged, what is read was written, in order, once; and what is missing but for the tail is counted. */
    @Test
    void nothingIsReadThatWasNotWritten() throws IOException {
        Random random = new Random(7);
        List<byte[]> sound = files.segments().stream().map(files::content).toList();
        List<String> names = files.segments();
        for (int i = 0; i < 2000; i++) {
            for (int segment = 0; segment < names.size(); segment++) {
                files.replace(names.get(segment), sound.get(segment));
            }
            for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
                String name = segment(random.nextInt(3));
                int from = random.nextInt((int) files.size(name));
                files.damage(name, from, (int)
                        Math.min(files.size(name), from + 1L + random.nextInt(random.nextInt(500) + 1)));
            }
            try (Journal journal = open()) {
                if (journal.runs().size() > 1) {
                    List<Integer> read = Blocks.read(journal, run);
                    assertThat(read).isSorted().doesNotHaveDuplicates();
                    int end = read.isEmpty() ? 0 : read.get(read.size() - 1) + 1;
                    assertThat(journal.state().damagedRecords())
                            .isGreaterThanOrEqualTo((long) (end - read.size()) * Blocks.RECORDS)
                            .isLessThanOrEqualTo((long) (12 - read.size()) * Blocks.RECORDS);
                }
            }
        }
    }
}
