package org.ergograph.history.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What a block costs: appended, appended and made safe on disk, and read back. In the directory for temporary files. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class JournalBench {
    private static final int RECORDS = 4096;

    /** A full block of records, and the little that comes in half a second without load. */
    @Param({"262144", "2048"})
    public int blockBytes;

    private byte[] block = new byte[0];
    private Path directory = Path.of("");
    private Journal journal;
    private JournalReader reader;

    @Setup(Level.Trial)
    public void open() throws IOException {
        block = new byte[blockBytes];
        new SplittableRandom(1).nextBytes(block);
        directory = Files.createTempDirectory("journal-bench");
        journal = Journal.open(JournalFiles.in(directory), JournalSettings.of(1 << 30));
        reader = journal.read(journal.run(), 0);
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        reader.close();
        journal.release(journal.run(), journal.end());
        journal.close();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    /** To the file; every 8 MiB it is made safe, and another one is begun. */
    @Benchmark
    public void append() throws IOException {
        journal.release(journal.run(), journal.append(block, block.length, RECORDS));
    }

    @Benchmark
    public void appendAndSync() throws IOException {
        journal.release(journal.run(), journal.append(block, block.length, RECORDS));
        journal.sync();
    }

    /** Appended, and read by a reader that is close behind. */
    @Benchmark
    public void appendAndRead(Blackhole blackhole) throws IOException {
        long first = journal.append(block, block.length, RECORDS);
        blackhole.consume(reader.next());
        journal.release(journal.run(), first);
    }
}
