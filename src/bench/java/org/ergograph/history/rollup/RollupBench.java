package org.ergograph.history.rollup;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.ergograph.history.TestDatabase;
import org.ergograph.window.Distribution;
import org.ergograph.window.DistributionAdder;
import org.ergograph.window.ValueDistribution;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What the rollups cost: adding records up, merging parts, and reading 15,000 rows of 50 series into one figure each. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class RollupBench {
    private static final int SERIES = 50;
    private static final int MINUTES = 300;
    private static final int RECORDS = 5_000;
    private static final int START = Tier.minuteOf(Instant.parse("2026-03-01T00:00:00Z"));

    /** A batch of records of 50 series within two minutes. */
    @State(Scope.Thread)
    public static class Records {
        final PartBatch batch = new PartBatch();
        final int[] series = new int[RECORDS];
        final long[] ends = new long[RECORDS];
        final long[] nanos = new long[RECORDS];

        @Setup
        public void draw() {
            Random random = new Random(1);
            for (int i = 0; i < RECORDS; i++) {
                series[i] = random.nextInt(SERIES);
                ends[i] = START * 60_000_000_000L + random.nextLong(120_000_000_000L);
                nanos[i] = (long) Math.exp(15 + random.nextGaussian());
            }
        }

        void fill() {
            batch.clear();
            for (int i = 0; i < RECORDS; i++) {
                batch.duration(series[i], 1, ends[i], nanos[i], i % 64 == 0);
            }
        }
    }

    /** 15,000 rows per minute of 60 durations each; and what they were read as. */
    @State(Scope.Benchmark)
    public static class Stored {
        @Param({"h2", "postgresql"})
        String product = "";

        Connection connection;
        final List<RollupRow> rows = new ArrayList<>();
        final RollupQuery query = new RollupQuery(
                Tier.MINUTE,
                Instant.ofEpochSecond(START * 60L),
                Instant.ofEpochSecond((START + MINUTES) * 60L),
                IntStream.range(0, SERIES).boxed().toList(),
                RollupQuery.Order.SERIES);
        final PartBatch parts = new PartBatch();

        @Setup
        public void fill() throws SQLException {
            connection = TestDatabase.of(product).getConnection();
            connection.setAutoCommit(false);
            Random random = new Random(2);
            for (int minute = START; minute < START + MINUTES; minute++) {
                FigureRows made = new FigureRows();
                for (int series = 0; series < SERIES; series++) {
                    double size = 13 + series % 5;
                    long[] durations = random.doubles(60)
                            .mapToLong(d -> (long) Math.exp(size + random.nextGaussian() / 2))
                            .toArray();
                    made.add(Tier.MINUTE, series, 1, minute, Figures.of(Distribution.of(1, durations)));
                    parts.durations(series, 1, minute * 60L, Distribution.of(0, durations[0], durations[1]));
                }
                made.insert(connection, "rollup", 60);
            }
            connection.commit();
            new RollupReader().read(connection, query, 60, rows::add);
            if (product.equals("postgresql")) {
                size("heap", "select pg_table_size('rollup') / count(*), avg(length(sketch)) from rollup");
                size("key", "select pg_relation_size('rollup_key') / count(*), 0 from rollup");
            }
        }

        private void size(String what, String sql) throws SQLException {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery(sql)) {
                row.next();
                System.out.println("# bytes a row, " + what + ": " + row.getLong(1) + ", sketch " + row.getDouble(2));
            }
            connection.commit();
        }

        @TearDown(Level.Trial)
        public void close() throws SQLException {
            connection.close();
        }
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    @OperationsPerInvocation(RECORDS)
    public PartBatch record(Records records) {
        records.fill();
        return records.batch;
    }

    /** A record's share of the batch, its parts' sketches included. */
    @Benchmark
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    @OperationsPerInvocation(RECORDS)
    public int recordAndEncode(Records records) {
        records.fill();
        int[] bytes = new int[1];
        records.batch.forEach(new PartBatch.Taker() {
            @Override
            public void durations(int series, int node, int minute, Distribution distribution) {
                bytes[0] += distribution.compact().length;
            }

            @Override
            public void values(int series, int node, int minute, ValueDistribution distribution) {
                bytes[0] += distribution.compact().length;
            }
        });
        return bytes[0];
    }

    @Benchmark
    public double decodeAndMerge15000(Stored stored) {
        return p99(stored.rows);
    }

    @Benchmark
    public double readAndMerge15000(Stored stored) throws SQLException {
        List<RollupRow> rows = new ArrayList<>();
        new RollupReader().read(stored.connection, stored.query, 60, rows::add);
        stored.connection.commit();
        return p99(rows);
    }

    private static double p99(List<RollupRow> rows) {
        DistributionAdder adder = new DistributionAdder();
        double sum = 0;
        int series = 0;
        for (RollupRow row : rows) {
            if (row.series() != series) {
                sum += adder.take().quantileSeconds(0.99).orElseThrow();
                series = row.series();
            }
            row.addTo(adder);
        }
        return sum + adder.take().quantileSeconds(0.99).orElseThrow();
    }

    /** Time for 15,000 parts to come in, be merged into as many rows that are there, and be handed on. */
    @Benchmark
    public int insertAndMerge15000Parts(Stored stored) throws SQLException {
        new PartStore().insert(stored.connection, stored.parts, 60);
        int merged = new TierMerge(60).merge(stored.connection, Tier.MINUTE, START + MINUTES, 0, 100_000);
        stored.connection.rollback();
        return merged;
    }
}
