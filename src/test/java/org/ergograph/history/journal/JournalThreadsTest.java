package org.ergograph.history.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A writer and a committer at the same time, on the file system, with a third that looks on. */
@ExtendWith(Quiet.class)
class JournalThreadsTest {
    private static final int APPENDED = 6_000;

    @TempDir
    Path directory;

    private final AtomicBoolean written = new AtomicBoolean();

    @Test
    void everyRecordIsReadOnceOrCountedAsDroppedWhileItIsWritten() throws Exception {
        long appended;
        long read;
        JournalState state;
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try (Journal journal = Journal.open(JournalFiles.in(directory), new JournalSettings(128 << 10, 8 << 10))) {
            Future<Long> writer = threads.submit(() -> write(journal));
            Future<Long> committer = threads.submit(() -> commit(journal));
            Future<Long> watcher = threads.submit(() -> watch(journal));
            appended = writer.get();
            read = committer.get();
            assertThat(watcher.get()).isPositive();
            state = journal.state();
        } finally {
            threads.shutdownNow();
        }
        assertThat(appended).isEqualTo(read + state.droppedRecords());
        assertThat(state.damagedRecords()).isZero();
        assertThat(state.backlog()).isZero();
    }

    private long write(Journal journal) throws IOException {
        Random random = new Random(3);
        for (int i = 0; i < APPENDED; i++) {
            byte[] block = new byte[1 + random.nextInt(400)];
            long first = journal.end();
            block[0] = (byte) first;
            journal.append(block, block.length, 1 + random.nextInt(5));
            if (random.nextInt(100) == 0) {
                journal.sync();
            }
        }
        journal.sync();
        written.set(true);
        return journal.end();
    }

    private long commit(Journal journal) throws IOException {
        long records = 0;
        long position = 0;
        int blocks = 0;
        try (JournalReader reader = journal.read(journal.run(), 0)) {
            while (true) {
                boolean last = written.get();
                JournalBlock block = reader.next();
                if (block == null) {
                    if (last) {
                        journal.release(journal.run(), position);
                        return records;
                    }
                    Thread.onSpinWait();
                } else {
                    assertThat(block.first()).isGreaterThanOrEqualTo(position);
                    assertThat(block.payload()[0]).isEqualTo((byte) block.first());
                    records += block.records();
                    position = block.end();
                    if (++blocks % 7 == 0) {
                        journal.release(journal.run(), position);
                    }
                }
            }
        }
    }

    private long watch(Journal journal) {
        long looks = 0;
        while (!written.get()) {
            JournalState state = journal.state();
            assertThat(state.bytes()).isBetween(0L, state.maxBytes());
            assertThat(journal.synced()).isLessThanOrEqualTo(journal.end());
            assertThat(journal.runs()).hasSize(1);
            looks++;
        }
        return looks;
    }
}
