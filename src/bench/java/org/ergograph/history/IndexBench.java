package org.ergograph.history;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.PGConnection;

/**
 * What each index of the audit table gives to which filter, and what it costs while rows come in. Takes the table as the
 * migrations make it, without its indexes but the key, and adds one at a time.
 *
 * <p>{@code -Dbench.database=postgresql|h2}, {@code -Dbench.rows=5000000}, {@code -Dbench.ingest=1000000}.
 */
public final class IndexBench {
    private static final Instant DAY = Instant.parse("2026-11-19T00:00:00Z");
    private static final long DAY_MICROS = 86_400_000_000L;
    private static final int BATCH = 5000;
    private static final int RUNS = 5;
    /** Of the clock that Linux tells processor time by. */
    private static final double TICKS_PER_SECOND = 100;

    /** Microseconds from 1970 to 2000, where PostgreSQL's time begins. */
    private static final long EPOCH_2000 = 946_684_800_000_000L;

    /**
     * A question to the audit log.
     *
     * @param where further conditions
     */
    private record Question(String name, String where) {}

    /**
     * An index that may pay.
     *
     * @param ddl null for none beside the key
     */
    private record Candidate(String name, String ddl, List<String> questions) {}

    private final boolean postgres;
    private final DataSource dataSource;
    private final int rows;
    private final int ingest;

    private IndexBench(boolean postgres, DataSource dataSource, int rows, int ingest) {
        this.postgres = postgres;
        this.dataSource = dataSource;
        this.rows = rows;
        this.ingest = ingest;
    }

    /** Prints two tables: milliseconds of each question by index, and what each index costs. */
    public static void main(String[] args) throws Exception {
        boolean postgres = !"h2".equals(System.getProperty("bench.database"));
        DataSource dataSource;
        Path directory = Files.createTempDirectory("index-bench");
        if (postgres) {
            dataSource = TestDatabase.postgres();
        } else {
            JdbcDataSource h2 = new JdbcDataSource();
            h2.setURL("jdbc:h2:file:" + directory.resolve("bench") + ";OPTIMIZE_REUSE_RESULTS=FALSE;CACHE_SIZE=262144");
            h2.setUser("sa");
            h2.setPassword("sa");
            dataSource = TestDatabase.migrated(h2, "h2");
        }
        new IndexBench(
                        postgres,
                        dataSource,
                        Integer.getInteger("bench.rows", 5_000_000),
                        Integer.getInteger("bench.ingest", 1_000_000))
                .run();
        System.exit(0);
    }

    private List<Question> questions() {
        return List.of(
                new Question("newest", ""),
                new Question("trace id", "and trace_id_low = 4711 and trace_id_high = 4711"),
                new Question("series, every 50th row", "and series = 25"),
                new Question("series, 50 rows in all", "and series = 51"),
                new Question("series, none", "and series = 52"),
                new Question("kind: 50 series", "and series in (" + String.join(",", numbers(1, 50)) + ")"),
                new Question("3 series, two of them rare", "and series in (25, 51, 52)"),
                new Question("principal, every 100th row", "and principal = 10"),
                new Question("principal, 50 rows in all", "and principal = 5000"),
                new Question("principal, none", "and principal = 6000"),
                new Question("outcome error, every 100th row", "and error_type <> 0"),
                new Question("error type, 50 rows in all", "and error_type = 7777"),
                new Question("status 500, every 200th row", "and status = 500"),
                new Question("status, 50 rows in all", "and status = 418"),
                new Question("status, none", "and status = 599"),
                new Question("slower than 0.1 s, every 100th row", "and duration_nanos >= 100000000"),
                new Question("slower than 5 s, 50 rows in all", "and duration_nanos >= 5000000000"),
                new Question("slower than 1 h, none", "and duration_nanos >= 3600000000000"),
                new Question("series and error", "and series = 25 and error_type <> 0"),
                new Question("series and error, none", "and series = 25 and error_type = 9999"),
                new Question("node, every third row", "and node = 1"),
                new Question("node, none", "and node = 9"));
    }

    private List<Candidate> candidates() {
        List<Candidate> all = new ArrayList<>();
        all.add(new Candidate("key only", null, List.of()));
        if (!postgres) {
            all.add(new Candidate("newest", "create index c on audit (started_at desc, id desc)", List.of()));
        }
        all.add(new Candidate("trace", "create index c on audit (trace_id_low)", List.of("trace")));
        if (postgres) {
            all.add(new Candidate(
                    "trace, hash", "create index c on audit using hash (trace_id_low)", List.of("trace")));
            all.add(new Candidate("time, BRIN", "create index c on audit using brin (started_at)", List.of("newest")));
        }
        all.add(new Candidate(
                "series, time, id",
                "create index c on audit (series, started_at, id)",
                List.of("series", "kind", "3 series")));
        if (postgres) {
            all.add(new Candidate(
                    "principal, time, id (where there is one)",
                    "create index c on audit (principal, started_at, id) where principal <> 0",
                    List.of("principal")));
            all.add(new Candidate(
                    "errors by time",
                    "create index c on audit (started_at, id) where error_type <> 0",
                    List.of("outcome", "error type", "series and error")));
            all.add(new Candidate(
                    "error type, time, id (errors)",
                    "create index c on audit (error_type, started_at, id) where error_type <> 0",
                    List.of("outcome", "error type", "series and error")));
            all.add(new Candidate(
                    "status, time, id", "create index c on audit (status, started_at, id)", List.of("status")));
            all.add(new Candidate(
                    "status, time, id (400 and above)",
                    "create index c on audit (status, started_at, id) where status >= 400",
                    List.of("status")));
            all.add(new Candidate("duration", "create index c on audit (duration_nanos)", List.of("slower")));
            all.add(new Candidate(
                    "duration, BRIN", "create index c on audit using brin (duration_nanos)", List.of("slower")));
            all.add(new Candidate(
                    "time of slow ones (0.1 s)",
                    "create index c on audit (started_at, id) where duration_nanos >= 100000000",
                    List.of("slower")));
            all.add(new Candidate(
                    "time of slow ones (0.5 s)",
                    "create index c on audit (started_at, id) where duration_nanos >= 500000000",
                    List.of("slower")));
        } else {
            all.add(new Candidate(
                    "principal, time, id",
                    "create index c on audit (principal, started_at, id)",
                    List.of("principal")));
            all.add(new Candidate(
                    "error type, time, id",
                    "create index c on audit (error_type, started_at, id)",
                    List.of("outcome", "error type", "series and error")));
            all.add(new Candidate(
                    "status, time, id", "create index c on audit (status, started_at, id)", List.of("status")));
            all.add(new Candidate("duration", "create index c on audit (duration_nanos)", List.of("slower")));
        }
        return all;
    }

    private void run() throws Exception {
        System.out.printf(
                "# %s, %,d rows over 24 h, 50 endpoints; %d cpus%n",
                postgres ? "PostgreSQL" : "H2", rows, Runtime.getRuntime().availableProcessors());
        dropIndexes();
        if (postgres) {
            execute("create table audit_20261119 partition of audit"
                    + " for values from ('2026-11-19 00:00:00+00') to ('2026-11-20 00:00:00+00')");
            execute("create table audit_20261120 partition of audit"
                    + " for values from ('2026-11-20 00:00:00+00') to ('2026-11-21 00:00:00+00')");
        }
        long started = System.nanoTime();
        fill(0, rows, rows);
        System.out.printf("# filled in %.0f s%n", (System.nanoTime() - started) / 1e9);
        execute(postgres ? "vacuum (analyze) audit" : "analyze");
        System.out.println("| filter | index | ms, median of " + RUNS + " | ms, best | rows | plan |");
        System.out.println("| --- | --- | --- | --- | --- | --- |");
        for (Candidate candidate : candidates()) {
            if (candidate.ddl() != null) {
                execute(candidate.ddl());
                execute(postgres ? "analyze audit" : "analyze");
            }
            for (Question question : questions()) {
                if (candidate.questions().isEmpty()
                        || candidate.questions().stream().anyMatch(question.name()::startsWith)) {
                    ask(question, candidate);
                }
            }
            drop(candidate);
        }
        System.out.println("| index | rows/s | CPU us/row in the database | times the key alone | bytes a row |");
        System.out.println("| --- | --- | --- | --- | --- |");
        for (Candidate candidate : candidates()) {
            cost(candidate);
        }
    }

    private void drop(Candidate candidate) throws SQLException {
        if (candidate.ddl() != null) {
            execute("drop index c");
        }
    }

    private void dropIndexes() throws SQLException {
        List<String> names = TestDatabase.rows(
                dataSource,
                postgres
                        ? "select indexname from pg_indexes where tablename = 'audit' and indexname <> 'audit_key'"
                        : "select index_name from information_schema.indexes where table_name = 'AUDIT'"
                                + " and index_type_name <> 'PRIMARY KEY'");
        for (String name : names) {
            execute("drop index " + name);
        }
    }

    private void ask(Question question, Candidate candidate) throws SQLException {
        String sql =
                "select * from audit where started_at >= '2026-11-19 00:00:00+00' and started_at < '2026-11-20 00:00:00+00' "
                        + question.where() + " order by started_at desc, id desc limit 101";
        double[] millis = new double[RUNS];
        int found = 0;
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (int run = -1; run < RUNS; run++) {
                long started = System.nanoTime();
                found = 0;
                try (ResultSet result = statement.executeQuery(sql)) {
                    while (result.next()) {
                        found++;
                    }
                }
                if (run >= 0) {
                    millis[run] = (System.nanoTime() - started) / 1e6;
                }
            }
        }
        Arrays.sort(millis);
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.1f | %.1f | %d | %s |%n",
                question.name(),
                candidate.name(),
                millis[RUNS / 2],
                millis[0],
                found,
                plan(sql));
    }

    private String plan(String sql) throws SQLException {
        List<String> lines = TestDatabase.rows(dataSource, "explain " + sql);
        if (!postgres) {
            String text = String.join(" ", lines);
            int at = text.indexOf("/*");
            return at < 0
                    ? ""
                    : text.substring(at + 2, text.indexOf("*/"))
                            .strip()
                            .replaceAll("\\s+", " ")
                            .replaceAll(":.*", "");
        }
        List<String> nodes = new ArrayList<>();
        for (String line : lines) {
            if (line.contains("->") || nodes.isEmpty()) {
                nodes.add(line.replaceAll("\\(cost.*", "")
                        .replace("->", "")
                        .replaceAll("audit_2026111?\\d_", "")
                        .strip());
            }
        }
        return String.join(" < ", nodes);
    }

    /** Rows a second while the index is there, and what it takes on disk. */
    private void cost(Candidate candidate) throws Exception {
        execute(
                postgres
                        ? "truncate audit_20261120"
                        : "delete from audit where started_at >= '2026-11-20 00:00:00+00'");
        if (candidate.ddl() != null) {
            execute(candidate.ddl());
        }
        long before = size();
        fill(rows, ingest / 2, ingest + ingest / 2);
        long started = System.nanoTime();
        double micros = fill(rows + ingest / 2, ingest, ingest + ingest / 2) / ingest;
        double rate = ingest / ((System.nanoTime() - started) / 1e9);
        if (keyOnly == 0) {
            keyOnly = micros;
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %,.0f | %.2f | %.2f | %.1f |%n",
                candidate.name(),
                rate,
                micros,
                micros / keyOnly,
                (size() - before) / (ingest * 1.5));
        drop(candidate);
    }

    private double keyOnly;

    private long size() {
        if (!postgres) {
            execute0("checkpoint sync");
            return Long.parseLong(TestDatabase.rows(dataSource, "call disk_space_used('audit')")
                    .get(0));
        }
        return Long.parseLong(TestDatabase.rows(dataSource, "select pg_total_relation_size('audit_20261120')")
                .get(0));
    }

    private void execute0(String sql) {
        TestDatabase.execute(dataSource, sql);
    }

    private void execute(String sql) throws SQLException {
        TestDatabase.execute(dataSource, sql);
    }

    private static List<String> numbers(int from, int to) {
        List<String> numbers = new ArrayList<>();
        for (int i = from; i <= to; i++) {
            numbers.add(Integer.toString(i));
        }
        return numbers;
    }

    /** Adds rows as the writer would: in the order in which they came, a transaction for each batch. */
    private double fill(int first, int count, int perDay) throws Exception {
        SplittableRandom random = new SplittableRandom(first);
        try (Connection connection = dataSource.getConnection()) {
            double before = databaseMicros(connection);
            connection.setAutoCommit(false);
            for (int at = 0; at < count; at += BATCH) {
                if (postgres) {
                    copy(connection, first + at, Math.min(BATCH, count - at), perDay, random);
                } else {
                    insert(connection, first + at, Math.min(BATCH, count - at), perDay, random);
                }
                connection.commit();
            }
            return databaseMicros(connection) - before;
        }
    }

    /** Processor time of the connection's process; H2 works on the caller's thread. */
    private double databaseMicros(Connection connection) throws SQLException, IOException {
        if (!postgres) {
            return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e3;
        }
        int pid = connection.unwrap(PGConnection.class).getBackendPID();
        String[] fields = Files.readString(Path.of("/proc/" + pid + "/stat"))
                .replaceAll(".*\\) ", "")
                .split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 1e6 / TICKS_PER_SECOND;
    }

    /** The columns of one row; every hundred thousandth has the rare values. */
    private long[] row(int number, int perDay, SplittableRandom random) {
        boolean today = number < rows;
        long inDay = today ? number : number - rows;
        long micros = DAY.getEpochSecond() * 1_000_000 + (today ? 0 : DAY_MICROS) + inDay * (DAY_MICROS / perDay);
        boolean rare = number % 100_000 == 99_999;
        boolean error = random.nextInt(100) == 0;
        double u = random.nextDouble();
        long duration = rare ? 6_000_000_000L : (long) (1_000_000 / Math.pow(1 - u * 0.999999, 1.0)) % 4_000_000_000L;
        return new long[] {
            micros,
            number,
            duration,
            random.nextLong(),
            random.nextLong(),
            -1,
            200 + random.nextInt(5000),
            rare ? 51 : 1 + random.nextInt(50),
            rare ? 7777 : error ? 1 + random.nextInt(20) : 0,
            rare ? 5000 : random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(100),
            random.nextInt(3),
            rare ? 418 : error ? random.nextBoolean() ? 500 : 404 : 200
        };
    }

    private void copy(Connection connection, int first, int count, int perDay, SplittableRandom random)
            throws SQLException, IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(count * 140);
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeBytes("PGCOPY\n");
        out.write(0xff);
        out.writeBytes("\r\n\0");
        out.writeInt(0);
        out.writeInt(0);
        for (int i = 0; i < count; i++) {
            long[] row = row(first + i, perDay, random);
            row[0] -= EPOCH_2000;
            out.writeShort(row.length);
            for (int column = 0; column < row.length; column++) {
                if (column < 7) {
                    out.writeInt(8);
                    out.writeLong(row[column]);
                } else if (column < 10) {
                    out.writeInt(4);
                    out.writeInt((int) row[column]);
                } else {
                    out.writeInt(2);
                    out.writeShort((int) row[column]);
                }
            }
        }
        out.writeShort(-1);
        var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy audit from stdin (format binary)");
        copy.writeToCopy(bytes.toByteArray(), 0, bytes.size());
        copy.endCopy();
    }

    private void insert(Connection connection, int first, int count, int perDay, SplittableRandom random)
            throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into audit values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (int i = 0; i < count; i++) {
                long[] row = row(first + i, perDay, random);
                insert.setTimestamp(1, Timestamp.from(Instant.EPOCH.plusNanos(row[0] * 1000)));
                for (int column = 1; column < row.length; column++) {
                    insert.setLong(column + 1, row[column]);
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
