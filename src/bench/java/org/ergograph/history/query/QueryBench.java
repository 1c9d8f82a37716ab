package org.ergograph.history.query;

import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.ergograph.history.TestDatabase;
import org.ergograph.history.rollup.BenchMerge;
import org.ergograph.history.rollup.PartBatch;
import org.ergograph.history.rollup.PartStore;
import org.ergograph.window.Distribution;

/**
 * Percentiles by endpoint from the rollups, by the code that answers {@code /api/v1/history}, against {@code percentile_cont}
 * over the rows, on a real PostgreSQL: 5 million rows over 24 h of 50 endpoints, and 30 days of 200 series.
 *
 * <p>{@code -Dbench.rows=5000000}; 0 leaves the rows out.
 */
public final class QueryBench {
    /** Not on a boundary of anything: the edges of ranges cost what they cost. */
    private static final Instant NOW = Instant.parse("2026-11-20T17:37:10Z");

    private static final int ENDPOINTS = 50;
    private static final int SERIES = 200;
    private static final int TIMEOUT = 600;
    private static final String ROWS = """
            insert into audit (started_at, id, duration_nanos, trace_id_high, trace_id_low, request_bytes, response_bytes,
                series, error_type, principal, node, status)
            select timestamptz '%s' + (n::bigint * %d / 1000) * interval '1 microsecond', n,
                (1e6 * exp(2.0 * sqrt(-2 * ln(1 - random())) * cos(6.283185307 * random())))::bigint,
                n, n, -1, 512, 1 + n %% 50, case when n %% 100 = 0 then 1 else 0 end, 0, 0, 200
            from generate_series(1, %d) n
            """;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private QueryBench() {}

    /** Prints the table. */
    public static void main(String[] args) throws Exception {
        int rows = Integer.getInteger("bench.rows", 5_000_000);
        if (rows > 0) {
            day(rows);
        }
        month();
        System.exit(0);
    }

    private static void day(int rows) throws Exception {
        PastDatabase database = new PastDatabase("postgresql");
        System.out.printf("# PostgreSQL, %,d rows over 24 h, %d endpoints%n", rows, ENDPOINTS);
        fillRows(database, rows);
        TestDatabase.execute(database.dataSource(), "vacuum (analyze)");
        System.out.println(
                "| p50, p95, p99 by endpoint | from rollups, ms: min / median | percentile_cont, ms: min / median"
                        + " | greatest difference to the exact percentile |");
        System.out.println("| --- | --- | --- | --- |");
        compare(database, "last hour", Duration.ofHours(1));
        compare(database, "last 24 h", Duration.ofHours(24));
        database.close();
    }

    private static void month() throws Exception {
        PastDatabase month = new PastDatabase("postgresql");
        fillMonth(month);
        TestDatabase.execute(month.dataSource(), "vacuum (analyze)");
        for (String rollups : TestDatabase.rows(
                month.dataSource(),
                "select 'tier ' || tier, count(*), 'rows, bytes of a sketch:', avg(length(sketch))::integer from rollup group by tier order by tier")) {
            System.out.println("# " + rollups);
        }
        String query = "kind=http&percentiles=99&from=" + NOW.minus(Duration.ofDays(30)) + "&to=" + NOW;
        System.out.println("| p99 of " + SERIES + " series | ms: min / median / p95 |");
        System.out.println("| --- | --- |");
        System.out.println("| 30 days, one figure each | " + spread(times(month, query, 30, 50)) + " |");
        System.out.println("| 30 days, a point a day | " + spread(times(month, query + "&step=P1D", 10, 30)) + " |");
    }

    private static void fillRows(PastDatabase database, int rows) throws SQLException {
        long started = System.nanoTime();
        Instant first = NOW.minus(Duration.ofHours(24));
        for (String day : new String[] {"2026-11-19", "2026-11-20"}) {
            String next = Instant.parse(day + "T00:00:00Z")
                    .plus(Duration.ofDays(1))
                    .toString()
                    .substring(0, 10);
            TestDatabase.execute(
                    database.dataSource(),
                    "create table if not exists audit_%s partition of audit for values from ('%s 00:00:00+00') to ('%s 00:00:00+00')"
                            .formatted(day.replace("-", ""), day, next));
        }
        for (int i = 1; i <= ENDPOINTS; i++) {
            register(database, i);
        }
        TestDatabase.execute(
                database.dataSource(), "insert into node (number, name, registered_at) values (0, 'a', now())");
        TestDatabase.execute(
                database.dataSource(),
                ROWS.formatted(first, Duration.ofHours(24).toNanos() / rows, rows));
        System.out.printf("# rows in %.0f s%n", (System.nanoTime() - started) / 1e9);
        started = System.nanoTime();
        try (Connection connection = database.dataSource().getConnection();
                Connection target = database.dataSource().getConnection();
                Statement select = connection.createStatement()) {
            connection.setAutoCommit(false);
            target.setAutoCommit(false);
            select.setFetchSize(10_000);
            PartBatch batch = new PartBatch();
            int read = 0;
            try (ResultSet row = select.executeQuery(
                    "select series, (extract(epoch from started_at) * 1000000)::bigint, duration_nanos, error_type"
                            + " from audit order by started_at")) {
                while (row.next()) {
                    long end = row.getLong(2) * 1000 + row.getLong(3);
                    batch.duration(row.getInt(1), 0, end, row.getLong(3), row.getInt(4) != 0);
                    if (++read % 20_000 == 0) {
                        commit(target, batch);
                    }
                }
            }
            commit(target, batch);
        }
        BenchMerge.upTo(NOW, database.dataSource(), PastDatabase.SETTINGS);
        System.out.printf(
                "# rollups in %.0f s: %s%n",
                (System.nanoTime() - started) / 1e9,
                TestDatabase.rows(
                        database.dataSource(), "select tier, count(*) from rollup group by tier order by tier"));
    }

    private static void register(PastDatabase database, int number) {
        TestDatabase.execute(
                database.dataSource(),
                "insert into series (number, kind, name, attribute_1, attribute_2) values (%d, 'http', 'GET /e%d', 'GET', '/e%d')"
                        .formatted(number, number, number));
    }

    private static void commit(Connection connection, PartBatch batch) throws SQLException {
        new PartStore().insert(connection, batch, TIMEOUT);
        connection.commit();
        batch.clear();
    }

    /** Something each hour of 30 days, and each minute of the last two hours. */
    private static void fillMonth(PastDatabase database) throws SQLException {
        long started = System.nanoTime();
        SplittableRandom random = new SplittableRandom(7);
        Distribution[][] shapes = new Distribution[SERIES + 1][8];
        for (Distribution[] ofSeries : shapes) {
            double scale = 1e6 * Math.exp(3 * random.nextDouble());
            for (int i = 0; i < ofSeries.length; i++) {
                double drift = 0.9 + 0.2 * random.nextDouble();
                ofSeries[i] = Distribution.of(
                        3,
                        random.longs(400)
                                .map(bits -> (long) (scale * drift * Math.exp(0.7 * gaussian(bits))))
                                .toArray());
            }
        }
        TestDatabase.execute(
                database.dataSource(), "insert into node (number, name, registered_at) values (0, 'a', now())");
        for (int series = 1; series <= SERIES; series++) {
            register(database, series);
        }
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            PartBatch batch = new PartBatch();
            long now = NOW.getEpochSecond();
            for (long at = now - 31 * 86_400L; at < now; at += at < now - 7200 ? 3600 : 60) {
                for (int series = 1; series <= SERIES; series++) {
                    batch.durations(series, 0, at, shapes[series][random.nextInt(8)]);
                }
                commit(connection, batch);
            }
        }
        BenchMerge.upTo(NOW, database.dataSource(), PastDatabase.SETTINGS);
        System.out.printf("# a month of %d series in %.0f s%n", SERIES, (System.nanoTime() - started) / 1e9);
    }

    /** A number as from a normal distribution: the sum of 12 parts of the bits. */
    private static double gaussian(long bits) {
        double sum = -6;
        SplittableRandom random = new SplittableRandom(bits);
        for (int i = 0; i < 12; i++) {
            sum += random.nextDouble();
        }
        return sum;
    }

    private static void compare(PastDatabase database, String name, Duration length) throws Exception {
        String query = "kind=http&from=" + NOW.minus(length) + "&to=" + NOW;
        double[] rollups = times(database, query, 20, 30);
        double[] exactTimes = new double[3];
        for (int i = 0; i < exactTimes.length; i++) {
            long started = System.nanoTime();
            exact(database, "percentile_cont", "started_at >= ? and started_at < ?", NOW.minus(length), NOW);
            exactTimes[i] = (System.nanoTime() - started) / 1e6;
        }
        Arrays.sort(exactTimes);
        System.out.printf(
                Locale.ROOT,
                "| %s | %.1f / %.1f | %.0f / %.0f | %.2f%% |%n",
                name,
                rollups[0],
                rollups[rollups.length / 2],
                exactTimes[0],
                exactTimes[1],
                100 * difference(database, query));
    }

    /** The greatest relative difference to the exact percentiles of the rows that ended in the range that was covered. */
    private static double difference(PastDatabase database, String query) throws Exception {
        HistoryAnswer answer = database.history.answer(HistoryRequestTest.read(query), NOW);
        String ended = "started_at + duration_nanos / 1000 * interval '1 microsecond'";
        Map<String, double[]> exact = exact(
                database,
                "percentile_disc",
                ended + " >= ? and " + ended + " < ?",
                answer.coveredFrom().orElseThrow(),
                answer.coveredTo().orElseThrow());
        double greatest = 0;
        for (HistoryAnswer.Item item : answer.items()) {
            Figures figures = item.points().get(0).figures();
            double[] wanted = exact.get(String.valueOf(item.group().name()));
            if (wanted == null || wanted[3] != figures.count()) {
                throw new IllegalStateException(item.group().name() + " has " + figures.count()
                        + " observations, rows: " + (wanted == null ? 0 : wanted[3]));
            }
            for (int q = 0; q < 3; q++) {
                greatest = Math.max(greatest, Math.abs(figures.quantiles().get(q) * 1e9 / wanted[q] - 1));
            }
        }
        return greatest;
    }

    private static Map<String, double[]> exact(
            PastDatabase database, String function, String where, Instant from, Instant to) throws SQLException {
        String sql = ("select s.name, %1$s(0.5) within group (order by a.duration_nanos),"
                        + " %1$s(0.95) within group (order by a.duration_nanos),"
                        + " %1$s(0.99) within group (order by a.duration_nanos), count(*)"
                        + " from audit a join series s on s.number = a.series where %2$s group by s.name")
                .formatted(function, where);
        Map<String, double[]> found = new HashMap<>();
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setTimestamp(1, java.sql.Timestamp.from(from));
            select.setTimestamp(2, java.sql.Timestamp.from(to));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.put(
                            row.getString(1),
                            new double[] {row.getDouble(2), row.getDouble(3), row.getDouble(4), row.getLong(5)});
                }
            }
        }
        return found;
    }

    /** Milliseconds of each run, rising: the answer and its JSON. */
    private static double[] times(PastDatabase database, String query, int warm, int runs) throws Exception {
        double[] millis = new double[runs];
        long cpu = 0;
        for (int run = -warm; run < runs; run++) {
            if (run == 0) {
                cpu = THREADS.getCurrentThreadCpuTime();
            }
            long started = System.nanoTime();
            HistoryAnswer answer = database.history.answer(HistoryRequestTest.read(query), NOW);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            new HistoryText(answer).json(bytes);
            if (run >= 0) {
                millis[run] = (System.nanoTime() - started) / 1e6;
            } else if (run == -1) {
                System.out.println("# " + answer.items().size() + " series, " + bytes.size() + " bytes, pieces "
                        + answer.pieces().size());
            }
        }
        System.out.printf(
                Locale.ROOT,
                "# %.1f ms of processor time in this process for each%n",
                (THREADS.getCurrentThreadCpuTime() - cpu) / 1e6 / runs);
        Arrays.sort(millis);
        return millis;
    }

    private static String spread(double[] millis) {
        return "%.1f / %.1f / %.1f".formatted(millis[0], millis[millis.length / 2], millis[millis.length * 95 / 100]);
    }
}
