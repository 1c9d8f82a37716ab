package org.ergograph.history.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Blocks of {@value #BYTES} bytes and {@value #RECORDS} records; four of them fill a segment of 1 KiB. */
final class Blocks {
    static final int BYTES = 200;
    static final int RECORDS = 10;
    static final int FRAME = Frame.BYTES + BYTES;
    static final int IN_SEGMENT = 4;
    static final JournalSettings SETTINGS = new JournalSettings(16 << 10, 1 << 10);

    private Blocks() {}

    static byte[] block(int number) {
        byte[] block = new byte[BYTES];
        Arrays.fill(block, (byte) number);
        return block;
    }

    static void append(Journal journal, int from, int before) throws IOException {
        for (int i = from; i < before; i++) {
            journal.append(block(i), BYTES, RECORDS);
        }
    }

    /** The offset in its segment at which a block's frame is. */
    static int offset(int number) {
        return SegmentHeader.BYTES + number % IN_SEGMENT * FRAME;
    }

    /** The numbers of all blocks of a run that can be read. */
    static List<Integer> read(Journal journal, long run) throws IOException {
        return read(journal, run, 0);
    }

    static List<Integer> read(Journal journal, long run, long from) throws IOException {
        try (JournalReader reader = journal.read(run, from)) {
            return rest(reader);
        }
    }

    static List<Integer> rest(JournalReader reader) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        JournalBlock block = reader.next();
        while (block != null) {
            int number = block.payload()[0];
            if (!Arrays.equals(block.payload(), block(number)) || block.first() != (long) RECORDS * number) {
                throw new AssertionError("block at " + block.first() + " is not what was appended");
            }
            numbers.add(number);
            block = reader.next();
        }
        return numbers;
    }

    static List<Integer> numbers(int from, int before) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = from; i < before; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    static List<Integer> numbersWithout(int from, int before, Integer... missing) {
        List<Integer> numbers = numbers(from, before);
        numbers.removeAll(List.of(missing));
        return numbers;
    }
}
