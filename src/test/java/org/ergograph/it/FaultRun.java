package org.ergograph.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.BitSet;
import java.util.Locale;
import javax.sql.DataSource;

/**
 * What became of the requests of one fault: the client's own list against the audit table.
 *
 * @param fault in a few words
 * @param server {@code liberty} or {@code payara}
 * @param answered requests whose answer was complete
 * @param expected those of them that must be in the table: all, or after a kill those answered longer ago than the durability
 * @param found those of the load that are in the table
 * @param twice those that are there more than once
 * @param missing those that are expected and not there
 * @param late those that were answered too shortly before the kill, and are not there
 * @param lateSeconds how long before the kill the first of these was answered; 0 if there is none
 * @param replayed rows that the server took from its journal, by its own counter
 * @param catchUpSeconds from the end of the fault until all that is expected was there
 */
record FaultRun(
        String fault,
        String server,
        int answered,
        int expected,
        int found,
        int twice,
        int missing,
        int late,
        double lateSeconds,
        long replayed,
        double catchUpSeconds) {
    private static final String HEAD = "%-34s %-8s %9s %9s %8s %6s %8s %6s %7s %9s %9s%n"
            .formatted(
                    "fault",
                    "server",
                    "answered",
                    "expected",
                    "found",
                    "twice",
                    "missing",
                    "late",
                    "late s",
                    "replayed",
                    "catch-up");

    /** The longest that a record may take from its answer to the disk: the default of the setting, and the handing over. */
    static final Duration DURABILITY = Duration.ofSeconds(1).plusMillis(250);

    /**
     * Compares all answered requests with the table.
     *
     * @param killedAt the moment of {@link System#nanoTime} at which the server was killed; {@link Long#MAX_VALUE} if it was not
     */
    static FaultRun of(
            String fault,
            String server,
            TracedLoad load,
            long killedAt,
            DataSource database,
            long replayed,
            double catchUpSeconds)
            throws SQLException {
        BitSet once = new BitSet();
        BitSet twice = new BitSet();
        read(load, database, once, twice);
        BitSet answered = load.answered();
        BitSet expected = expected(load, killedAt);
        BitSet missing = minus(expected, once);
        BitSet late = minus(minus(answered, expected), once);
        double lateSeconds = late.isEmpty()
                ? 0
                : late.stream()
                                .mapToLong(index ->
                                        load.answeredBefore(index, killedAt).toNanos())
                                .max()
                                .orElseThrow()
                        / 1e9;
        return new FaultRun(
                fault,
                server,
                answered.cardinality(),
                expected.cardinality(),
                once.cardinality(),
                twice.cardinality(),
                missing.cardinality(),
                late.cardinality(),
                lateSeconds,
                replayed,
                catchUpSeconds);
    }

    /** The requests that must be in the table. */
    static BitSet expected(TracedLoad load, long killedAt) {
        return killedAt == Long.MAX_VALUE ? load.answered() : load.answeredBefore(killedAt - DURABILITY.toNanos());
    }

    /** How many different requests of the load have a row. */
    static int found(TracedLoad load, DataSource database) throws SQLException {
        BitSet once = new BitSet();
        read(load, database, once, new BitSet());
        return once.cardinality();
    }

    private static void read(TracedLoad load, DataSource database, BitSet once, BitSet twice) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select trace_id_low, count(*) from audit where trace_id_high = ? group by trace_id_low")) {
            select.setLong(1, load.traceIdHigh());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    int index = Math.toIntExact(rows.getLong(1) - TracedLoad.traceIdLow(0));
                    once.set(index);
                    twice.set(index, rows.getLong(2) > 1);
                }
            }
        }
    }

    private static BitSet minus(BitSet all, BitSet some) {
        BitSet rest = (BitSet) all.clone();
        rest.andNot(some);
        return rest;
    }

    boolean exact() {
        return twice == 0 && missing == 0;
    }

    /** Adds it to the table of all runs, which continuous integration prints in the end, and prints it. */
    FaultRun told() throws IOException {
        Path file = Path.of("target/it/faults.txt");
        String line = toString();
        if (!Files.exists(file)) {
            Files.writeString(file, HEAD);
            System.out.print(HEAD);
        }
        Files.writeString(file, line, StandardOpenOption.APPEND);
        System.out.print(line);
        return this;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-34s %-8s %9d %9d %8d %6d %8d %6d %7.3f %9d %8.1fs%n",
                fault,
                server,
                answered,
                expected,
                found,
                twice,
                missing,
                late,
                lateSeconds,
                replayed,
                catchUpSeconds);
    }
}
