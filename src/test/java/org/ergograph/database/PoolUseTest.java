package org.ergograph.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PoolUseTest {
    private final AtomicLong nanos = new AtomicLong();
    private final PoolUse use = new PoolUse(nanos::get);

    private static Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:h2:mem:", "sa", "sa");
    }

    @Test
    void connectionIsInUseUntilItIsClosedAndCountsOnce() throws Exception {
        Connection connection = use.take(PoolUseTest::open);
        assertThat(use.inUse()).isOne();
        try (Statement statement = connection.createStatement()) {
            assertThat(statement.execute("select 1")).isTrue();
        }
        connection.close();
        connection.close();
        assertThat(use.inUse()).isZero();
    }

    @Test
    void mostThatWereInUseAreRememberedForTwoPeriods() throws Exception {
        try (Connection first = use.take(PoolUseTest::open);
                Connection second = use.take(PoolUseTest::open)) {
            assertThat(first).isNotEqualTo(second);
        }
        assertThat(use.most()).isEqualTo(2);
        use.newPeriod();
        assertThat(use.most()).isEqualTo(2);
        use.newPeriod();
        assertThat(use.most()).isZero();
    }

    @Test
    void connectionThatGoesToWhoeverWaitsForItCountsOnce() throws Exception {
        List<Connection> next = new ArrayList<>();
        Connection last = (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    // Somebody else has it before the call returns.
                    next.add(use.take(PoolUseTest::open));
                    return null;
                });
        use.take(() -> last).close();
        assertThat(use.most()).isOne();
        assertThat(use.inUse()).isOne();
        next.get(0).close();
        assertThat(use.inUse()).isZero();
    }

    @Test
    void failureIsRethrownAsItIsAndNobodyWaitsAfterwards() {
        SQLException failure = new SQLException("no connection");
        assertThatThrownBy(() -> use.take(() -> {
                    nanos.addAndGet(TimeUnit.SECONDS.toNanos(30));
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(use.waiting()).isZero();
        assertThat(use.inUse()).isZero();
        assertThat(use.longestWaitNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(30));
        use.forgetWaits();
        assertThat(use.longestWaitNanos()).isZero();
    }

    @Test
    void failureOfAStatementIsTheDriversOwn() throws Exception {
        try (Connection connection = use.take(PoolUseTest::open)) {
            assertThatThrownBy(() -> connection.prepareStatement("no sql")).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void whoWaitsIsCountedWithHisTimeWhileHeWaits() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> {
            try (Connection connection = use.take(() -> {
                asked.countDown();
                await(free);
                return open();
            })) {
                assertThat(connection).isNotNull();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        await(asked);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
        assertThat(use.waiting()).isOne();
        assertThat(use.longestWaitNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(2));
        free.countDown();
        waiting.get(10, TimeUnit.SECONDS);
        assertThat(use.waiting()).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
