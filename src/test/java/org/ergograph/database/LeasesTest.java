package org.ergograph.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.ergograph.history.TestDatabase;
import org.ergograph.observation.NodeIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeasesTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private static Leases of(DataSource dataSource, String node) {
        return new Leases(dataSource, new NodeIdentity(node, "1", 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void leaseIsOneNodesUntilItExpiresOrIsReleased(String product) {
        DataSource dataSource = TestDatabase.of(product);
        Leases first = of(dataSource, "a");
        Leases second = of(dataSource, "b");
        assertThat(first.acquire("x", LONG)).isTrue();
        assertThat(first.acquire("x", LONG)).as("prolonged").isTrue();
        assertThat(second.acquire("x", LONG)).isFalse();
        assertThat(second.acquire("y", LONG)).as("another lease").isTrue();
        TestDatabase.execute(
                dataSource, "update lease set expires_at = current_timestamp - interval '1' second where name = 'x'");
        assertThat(second.acquire("x", LONG)).as("expired").isTrue();
        assertThat(first.acquire("x", LONG)).isFalse();
        first.release("x");
        assertThat(first.acquire("x", LONG)).as("not the first's to release").isFalse();
        second.release("x");
        assertThat(first.acquire("x", LONG)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void restartedNodeIsAnotherOwner(String product) {
        DataSource dataSource = TestDatabase.of(product);
        assertThat(of(dataSource, "a".repeat(200)).acquire("x", LONG)).isTrue();
        assertThat(of(dataSource, "a".repeat(200)).acquire("x", LONG)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void leaseThatIsHeldCannotBeTakenBeforeTheTransactionEnds(String product) throws Exception {
        DataSource dataSource = TestDatabase.of(product);
        Leases first = of(dataSource, "a");
        Leases second = of(dataSource, "b");
        assertThat(first.acquire("x", LONG)).isTrue();
        TestDatabase.execute(dataSource, "update lease set expires_at = current_timestamp - interval '1' second");
        CompletableFuture<Boolean> taken;
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            assertThat(first.hold(connection, "x")).isTrue();
            taken = CompletableFuture.supplyAsync(() -> second.acquire("x", LONG));
            assertThat(first.hold(connection, "x"))
                    .as("still ours, whoever wants it")
                    .isTrue();
            connection.commit();
        }
        // H2 lets nobody wait longer than its lock timeout; either way it is not taken before, and can be afterwards.
        boolean now = taken.get(20, TimeUnit.SECONDS) || second.acquire("x", LONG);
        assertThat(now).isTrue();
        assertThat(holds(dataSource, first)).isFalse();
        assertThat(holds(dataSource, second)).isTrue();
    }

    private static boolean holds(DataSource dataSource, Leases leases) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            boolean held = leases.hold(connection, "x");
            connection.rollback();
            return held;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void ofManyThatComeAtOnceOneGetsIt(String product) {
        DataSource dataSource = TestDatabase.of(product);
        List<CompletableFuture<Boolean>> asked = IntStream.range(0, 8)
                .mapToObj(i -> of(dataSource, "n" + i))
                .map(leases -> CompletableFuture.supplyAsync(() -> leases.acquire("x", LONG)))
                .toList();
        assertThat(asked.stream().filter(CompletableFuture::join).count()).isEqualTo(1);
    }

    @Test
    void databaseThatDoesNotAnswerGivesNoLease() {
        DataSource none = TestDatabase.of("h2");
        TestDatabase.execute(none, "drop table lease");
        Leases leases = of(none, "a");
        assertThat(leases.acquire("x", LONG)).isFalse();
        leases.release("x");
        assertThat(leases.acquire("x", LONG)).isFalse();
    }
}
