package org.ergograph.history.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random lives of a journal: whatever fails, what was synced is committed once and in order. */
@ExtendWith(Quiet.class)
class JournalPropertyTest {
    private static final int LIVES = Integer.getInteger("journal.lives", 300);
    private static final int STEPS = 150;

    static LongStream seeds() {
        return LongStream.range(0, LIVES);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatWasSyncedIsCommittedOnceAndInOrderWhateverFails(long seed) throws IOException {
        Life life = new Life(seed, new JournalSettings(1 << 30, 1 << 10));
        for (int i = 0; i < STEPS; i++) {
            life.step();
        }
        life.drain();
        life.syncedIsCommitted();
        assertThat(life.dropped).isZero();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsNotCommittedAtTheBoundIsCounted(long seed) throws IOException {
        Life life = new Life(seed, new JournalSettings(8 << 10, 1 << 10));
        life.crashes = false;
        for (int i = 0; i < STEPS; i++) {
            life.step();
            assertThat(life.files.bytes()).isLessThanOrEqualTo(8 << 10);
        }
        life.drain();
        life.everythingIsCommittedOrCounted();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingThatWasSyncedIsLostUncountedAtTheBoundAlsoOverCrashes(long seed) throws IOException {
        Life life = new Life(seed, new JournalSettings(8 << 10, 1 << 10));
        for (int i = 0; i < STEPS; i++) {
            life.step();
        }
        life.drain();
        assertThat(life.missing(block -> block.synced)).isLessThanOrEqualTo(life.dropped + life.damaged);
    }

    /** A block that was handed to the journal. */
    private static final class Block {
        final long first;
        final int records;
        final byte[] payload;
        boolean appended;
        boolean synced;
        boolean committed;

        Block(long first, int records, byte[] payload) {
            this.first = first;
            this.records = records;
            this.payload = payload;
        }

        long end() {
            return first + records;
        }

        @Override
        public String toString() {
            return "%d+%d%s%s%s"
                    .formatted(
                            first,
                            records,
                            appended ? " appended" : "",
                            synced ? " synced" : "",
                            committed ? " committed" : "");
        }
    }

    /** What became of one run. */
    private static final class Log {
        final NavigableMap<Long, Block> blocks = new TreeMap<>();
        long position;
        long released;
    }

    /** A journal, its user, and the files below it. */
    private static final class Life {
        final Random random;
        final JournalSettings settings;
        final FaultyFiles files;
        final Map<Long, Log> logs = new HashMap<>();
        final List<Long> opened = new ArrayList<>();
        boolean crashes = true;
        long dropped;
        long damaged;
        Journal journal;

        @Nullable
        JournalReader reader;

        long readerRun;

        Life(long seed, JournalSettings settings) throws IOException {
            random = new Random(seed);
            this.settings = settings;
            files = new FaultyFiles(random);
            journal = open();
        }

        Journal open() throws IOException {
            long run = random.nextLong() & Long.MAX_VALUE;
            Journal next = Journal.open(files, settings, run, 0);
            logs.put(run, new Log());
            opened.add(run);
            reader = null;
            for (JournalRun earlier : next.runs()) {
                next.release(earlier.id(), log(earlier.id()).position);
            }
            assertThat(next.runs()).extracting(JournalRun::id).isSubsetOf(opened);
            assertThat(next.runs().stream().map(found -> opened.indexOf(found.id())))
                    .isSorted();
            return next;
        }

        Log log(long run) {
            return Objects.requireNonNull(logs.get(run));
        }

        void step() throws IOException {
            if (crashes && random.nextInt(100) < 5) {
                files.callsLeft = random.nextInt(20);
            }
            try {
                walk();
            } catch (FaultyFiles.PowerFailure e) {
                heal();
                addUp();
                files.crash();
                reopen();
            }
        }

        private void walk() throws IOException {
            int dice = random.nextInt(100);
            if (dice < 45) {
                append();
            } else if (dice < 62) {
                sync();
            } else if (dice < 85) {
                commitNext();
            } else if (dice < 92) {
                release();
            } else if (dice < 96) {
                fault();
            } else if (dice < 98) {
                heal();
            } else if (crashes) {
                heal();
                restart();
            }
        }

        void append() {
            byte[] payload = new byte[1 + random.nextInt(random.nextInt(10) == 0 ? 3000 : 400)];
            random.nextBytes(payload);
            int records = 1 + random.nextInt(9);
            Log log = log(journal.run());
            if (random.nextBoolean()) {
                appendMissed(log);
            }
            long first = journal.end();
            Block block = new Block(first, records, payload);
            log.blocks.put(first, block);
            try {
                assertThat(journal.append(payload, payload.length, records)).isEqualTo(first);
                block.appended = true;
            } catch (FaultyFiles.PowerFailure e) {
                block.appended = true;
                throw e;
            } catch (IOException e) {
                assertThat(journal.skip(records)).isEqualTo(first);
            }
            assertThat(journal.end()).isEqualTo(block.end());
        }

        /** What could not be appended, is not committed, and has nothing appended after it. */
        private void appendMissed(Log log) {
            List<Block> missed = new ArrayList<>();
            for (Block block : log.blocks.descendingMap().values()) {
                if (block.appended || block.first < log.position) {
                    break;
                }
                missed.add(0, block);
            }
            for (Block block : missed) {
                try {
                    journal.appendAt(block.first, block.payload, block.payload.length, block.records);
                    block.appended = true;
                } catch (FaultyFiles.PowerFailure e) {
                    block.appended = true;
                    throw e;
                } catch (IOException e) {
                    return;
                }
            }
        }

        void sync() {
            try {
                journal.sync();
            } catch (IOException e) {
                return;
            }
            Log log = log(journal.run());
            log.blocks.values().forEach(block -> block.synced = block.appended);
            log.blocks.values().stream()
                    .filter(block -> block.appended)
                    .reduce((a, b) -> b)
                    .ifPresent(last -> assertThat(journal.synced()).isEqualTo(last.end()));
        }

        void commitNext() {
            try {
                JournalRun oldest = journal.runs().get(0);
                Log log = log(oldest.id());
                if (reader == null || readerRun != oldest.id()) {
                    reader = journal.read(oldest.id(), log.position);
                    readerRun = oldest.id();
                }
                JournalBlock read = reader.next();
                if (read != null) {
                    commit(log, read);
                } else if (!oldest.current()) {
                    journal.release(oldest.id(), Long.MAX_VALUE);
                    log.released = Long.MAX_VALUE;
                }
            } catch (IOException e) {
                assertThat(e).hasMessageMatching("(read|delete|directory sync) failed");
            }
        }

        private void commit(Log log, JournalBlock read) {
            assertThat(read.first()).isGreaterThanOrEqualTo(log.position);
            Block block = Objects.requireNonNull(log.blocks.get(read.first()));
            assertThat(read.payload()).isEqualTo(block.payload);
            assertThat(read.records()).isEqualTo(block.records);
            assertThat(block.appended).isTrue();
            assertThat(block.committed).isFalse();
            block.committed = true;
            log.position = read.end();
        }

        void release() {
            for (JournalRun run : journal.runs()) {
                Log log = log(run.id());
                try {
                    journal.release(run.id(), log.position);
                    log.released = Math.max(log.released, log.position);
                } catch (IOException e) {
                    assertThat(e).hasMessageMatching("(delete|directory sync) failed");
                }
            }
        }

        void fault() {
            switch (random.nextInt(6)) {
                case 0 -> files.space = random.nextInt(1500);
                case 1 -> files.failingForces = 1 + random.nextInt(3);
                case 2 -> files.failingTruncates = 1 + random.nextInt(2);
                case 3 -> files.failingDirectorySyncs = 1 + random.nextInt(2);
                case 4 -> files.failingDeletes = 1 + random.nextInt(2);
                default -> files.failingReads = 1;
            }
        }

        void heal() {
            files.callsLeft = -1;
            files.space = Long.MAX_VALUE;
            files.failingForces = 0;
            files.failingTruncates = 0;
            files.failingDirectorySyncs = 0;
            files.failingDeletes = 0;
            files.failingReads = 0;
        }

        void restart() throws IOException {
            if (random.nextInt(3) == 0) {
                journal.close();
                log(journal.run()).blocks.values().forEach(block -> block.synced = block.appended);
            } else {
                files.crash();
            }
            addUp();
            reopen();
        }

        private void reopen() throws IOException {
            releasedDoesNotComeBack();
            while (true) {
                files.callsLeft = random.nextInt(10) == 0 ? random.nextInt(5) : -1;
                try {
                    journal = open();
                    files.callsLeft = -1;
                    return;
                } catch (FaultyFiles.PowerFailure e) {
                    files.crash();
                }
            }
        }

        private void addUp() {
            JournalState state = journal.state();
            dropped += state.droppedRecords();
            damaged += state.damagedRecords();
        }

        /** But for the segment that was open, and what could not be deleted. */
        private void releasedDoesNotComeBack() throws IOException {
            Map<Long, List<SegmentHeader>> headers = new HashMap<>();
            for (SegmentName name : EarlierRuns.names(files)) {
                try (JournalFile file = files.open(name.file())) {
                    SegmentHeader header = SegmentHeader.read(file, name);
                    if (header != null) {
                        headers.computeIfAbsent(name.run(), none -> new ArrayList<>())
                                .add(header);
                    }
                }
            }
            if (files.directoryFailures == 0) {
                headers.forEach((run, segments) -> assertThat(segments.subList(1, segments.size()))
                        .allSatisfy(header -> assertThat(header.previousEnd()).isGreaterThan(log(run).released)));
            }
            files.directoryFailures = 0;
        }

        void drain() throws IOException {
            heal();
            sync();
            assertThat(journal.synced()).isLessThanOrEqualTo(journal.end());
            addUp();
            long before = journal.state().damagedRecords();
            for (JournalRun run : journal.runs()) {
                Log log = log(run.id());
                try (JournalReader rest = journal.read(run.id(), log.position)) {
                    JournalBlock block = rest.next();
                    while (block != null) {
                        commit(log, block);
                        block = rest.next();
                    }
                }
                journal.release(run.id(), journal.end() + 1_000_000);
            }
            damaged += journal.state().damagedRecords() - before;
            assertThat(journal.state().backlog()).isZero();
            journal.close();
            assertThat(files.segments()).isEmpty();
        }

        /** Records of such blocks that were never committed. */
        long missing(Predicate<Block> such) {
            return logs.values().stream()
                    .flatMap(log -> log.blocks.values().stream())
                    .filter(block -> !block.committed && such.test(block))
                    .mapToLong(block -> block.records)
                    .sum();
        }

        void syncedIsCommitted() {
            logs.forEach((run, log) -> assertThat(log.blocks.values())
                    .as("run " + opened.indexOf(run) + " of " + opened.size() + " pos " + log.position)
                    .filteredOn(block -> block.synced && !block.committed)
                    .isEmpty());
            long unsafe = missing(block -> block.appended && !block.synced);
            assertThat(damaged).isLessThanOrEqualTo(unsafe);
        }

        void everythingIsCommittedOrCounted() {
            assertThat(dropped).isEqualTo(missing(block -> block.appended));
            assertThat(damaged).isZero();
        }
    }
}
