package org.ergograph.history;

import com.sun.management.OperatingSystemMXBean;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.ergograph.history.rollup.OneConnection;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * How many rows a second get into the audit table, and what a row costs: ours from the hand-over to the committed row, against
 * the same rows by the database's own means. Real PostgreSQL and real H2 with files that are synced; variants take turns.
 */
public final class IngestBench {
    private record Variant(String name, int rows, IngestWays.Way way) {}

    /** One turn: rows a second, microseconds of processor time a row. */
    private record Turn(double rate, double clientMicros, double serverMicros) {}

    private static final OperatingSystemMXBean SELF =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 8);
    private static final int ROWS = Integer.getInteger("bench.rows", 500_000);

    private IngestBench() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory("ingest-db");
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("pg").toFile())
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("shared_buffers", "256MB")
                .setServerConfig("max_wal_size", "4GB")
                .start()) {
            long postmaster = Long.parseLong(Files.readAllLines(directory.resolve("pg/postmaster.pid"))
                    .get(0)
                    .strip());
            PGSimpleDataSource plain = postgres(server);
            PGSimpleDataSource rewriting = postgres(server);
            rewriting.setReWriteBatchedInserts(true);
            TestDatabase.migrated(plain, "postgresql");
            partitions(plain);
            List<Variant> variants = List.of(
                    new Variant("raw COPY, 5000 a commit", ROWS, IngestWays.batches(plain, new CopyInsert(), 5_000)),
                    new Variant("the same, as control", ROWS, IngestWays.batches(plain, new CopyInsert(), 5_000)),
                    new Variant("raw COPY, 50000 a commit", ROWS, IngestWays.batches(plain, new CopyInsert(), 50_000)),
                    // With a pool, as a server has one: the other ways keep their connection, too.
                    new Variant("ours", ROWS, IngestWays.ours(new OneConnection(plain).dataSource())),
                    new Variant(
                            "JDBC batch, 5000 a commit", ROWS, IngestWays.batches(rewriting, new BatchInsert(), 5_000)),
                    new Variant("JPA, 1 a commit", ROWS / 1000, IngestWays.jpa(plain)));
            print("PostgreSQL", variants, measure(plain, variants, () -> serverCpu(postmaster)));
            size(plain, variants.get(3));
        }
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:file:" + directory.resolve("h2") + ";WRITE_DELAY=0");
        h2.setUser("sa");
        h2.setPassword("sa");
        TestDatabase.migrated(h2, "h2");
        // Else each variant would close and open the database.
        try (Connection open = h2.getConnection()) {
            h2(h2);
            open.clearWarnings();
        }
        System.exit(0);
    }

    private static void h2(DataSource h2) throws Exception {
        List<Variant> variants = List.of(
                new Variant("JDBC batch, 5000 a commit", ROWS / 10, IngestWays.batches(h2, new BatchInsert(), 5_000)),
                new Variant("ours", ROWS / 10, IngestWays.ours(new OneConnection(h2).dataSource())),
                new Variant("JPA, 1 a commit", ROWS / 1000, IngestWays.jpa(h2)));
        print("H2", variants, measure(h2, variants, () -> 0));
    }

    private static PGSimpleDataSource postgres(EmbeddedPostgres server) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setPortNumbers(new int[] {server.getPort()});
        dataSource.setDatabaseName("postgres");
        dataSource.setUser("postgres");
        return dataSource;
    }

    private static void partitions(DataSource dataSource) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        for (LocalDate day : List.of(today, today.plusDays(1))) {
            TestDatabase.execute(
                    dataSource,
                    "create table audit_%s partition of audit for values from ('%s 00:00:00+00') to ('%s 00:00:00+00')"
                            .formatted(day.toString().replace("-", ""), day, day.plusDays(1)));
        }
    }

    private interface Cpu {
        long nanos() throws IOException;
    }

    private static Map<Variant, List<Turn>> measure(DataSource dataSource, List<Variant> variants, Cpu server)
            throws Exception {
        Map<Variant, List<Turn>> turns = new LinkedHashMap<>();
        for (int round = -1; round < ROUNDS; round++) {
            for (int i = 0; i < variants.size(); i++) {
                // Every other round runs backwards, so that no variant always follows the same one.
                Variant variant = variants.get(round % 2 == 0 ? i : variants.size() - 1 - i);
                Turn turn = turn(dataSource, variant, server);
                // The first round only warms.
                if (round >= 0) {
                    turns.computeIfAbsent(variant, v -> new ArrayList<>()).add(turn);
                }
            }
        }
        return turns;
    }

    private static Turn turn(DataSource dataSource, Variant variant, Cpu server) throws Exception {
        IngestWays.empty(dataSource);
        long client = SELF.getProcessCpuTime();
        long serverBefore = server.nanos();
        long start = System.nanoTime();
        variant.way.run(variant.rows);
        double seconds = (System.nanoTime() - start) / 1e9;
        double rows = variant.rows;
        Turn turn = new Turn(
                rows / seconds,
                (SELF.getProcessCpuTime() - client) / 1e3 / rows,
                (server.nanos() - serverBefore) / 1e3 / rows);
        String there =
                TestDatabase.rows(dataSource, "select count(*) from audit").get(0);
        if (!there.equals(Integer.toString(variant.rows))) {
            throw new IllegalStateException(variant.name + " wrote " + there + " rows instead of " + variant.rows);
        }
        return turn;
    }

    /** Processor time of the server: its processes that are there, and those that are gone. */
    private static long serverCpu(long postmaster) throws IOException {
        long ticks = 0;
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes
                    .filter(p -> p.getFileName().toString().matches("\\d+"))
                    .toList()) {
                try {
                    String stat = Files.readString(process.resolve("stat"));
                    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                    boolean own = process.getFileName().toString().equals(Long.toString(postmaster));
                    if (own || Long.parseLong(fields[1]) == postmaster) {
                        ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
                        ticks += own ? Long.parseLong(fields[13]) + Long.parseLong(fields[14]) : 0;
                    }
                } catch (IOException e) {
                    continue; // it has just ended
                }
            }
        }
        return ticks * 10_000_000;
    }

    private static void print(String database, List<Variant> variants, Map<Variant, List<Turn>> turns) {
        System.out.printf("%n%s, %d rounds, medians [least-greatest]%n", database, ROUNDS);
        System.out.printf(
                "%-28s %9s %26s %24s %14s %14s%n",
                "way", "rows", "rows/s", "of the first", "client us/row", "server us/row");
        List<Turn> first = turns.get(variants.get(0));
        for (Variant variant : variants) {
            List<Turn> own = turns.get(variant);
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < own.size(); i++) {
                ratios.add(own.get(i).rate / first.get(i).rate);
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-28s %9d %26s %24s %14.2f %14.2f%n",
                    variant.name,
                    variant.rows,
                    spread(own.stream().map(Turn::rate).toList(), "%.0f"),
                    spread(ratios, "%.2f"),
                    median(own.stream().map(Turn::clientMicros).toList()),
                    median(own.stream().map(Turn::serverMicros).toList()));
        }
    }

    private static String spread(List<Double> values, String format) {
        List<Double> sorted = values.stream().sorted().toList();
        return String.format(Locale.ROOT, format, median(values))
                + String.format(
                        Locale.ROOT, " [" + format + "-" + format + "]", sorted.get(0), sorted.get(sorted.size() - 1));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static void size(DataSource dataSource, Variant variant) throws Exception {
        IngestWays.empty(dataSource);
        variant.way.run(variant.rows);
        String bytes =
                TestDatabase.rows(dataSource, """
                        select round(sum(pg_relation_size(inhrelid)) / %1$d.0, 1), round(sum(pg_indexes_size(inhrelid)) / %1$d.0, 1),
                            round(sum(pg_total_relation_size(inhrelid)) / %1$d.0, 1)
                        from pg_inherits where inhparent = 'audit'::regclass
                        """.formatted(variant.rows)).get(0);
        System.out.println("bytes a row of ours: heap, indexes, all: " + bytes);
    }
}
