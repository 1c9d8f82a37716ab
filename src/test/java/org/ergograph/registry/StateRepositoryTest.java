package org.ergograph.registry;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ergograph.history.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of states, in either database. */
class StateRepositoryTest {
    private static final Instant START = Instant.parse("2026-11-20T10:00:00.123456Z");

    private final StateRepository states = new StateRepository();
    private final ServerRepository servers = new ServerRepository();
    private @Nullable EntityManagerFactory factory;

    private void open(String product) {
        factory = Persistence.createEntityManagerFactory(
                "ergograph",
                Map.of(
                        "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                        "jakarta.persistence.jtaDataSource", "",
                        "jakarta.persistence.nonJtaDataSource", TestDatabase.of(product),
                        "eclipselink.session-name", product + "-states",
                        "eclipselink.weaving", "false"));
        states.entities = factory.createEntityManager();
        servers.entities = states.entities;
    }

    @AfterEach
    void close() {
        if (factory != null) {
            factory.close();
        }
    }

    private <T> T transaction(Callable<T> work) throws Exception {
        states.entities.getTransaction().begin();
        try {
            return work.call();
        } finally {
            states.entities.getTransaction().commit();
            states.entities.clear();
        }
    }

    private void write(StatePeriod period, boolean current) throws Exception {
        transaction(() -> {
            states.write(period, current);
            return true;
        });
    }

    private static StatePeriod period(String node, long since, long until, ServerState state) {
        return new StatePeriod(
                "s", node, START.plusSeconds(since), START.plusSeconds(until), state, state.label() + "!");
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void periodIsWrittenOnceWithItsLatestEndAndForgottenInTime(String product) throws Exception {
        open(product);
        write(period("a", 0, 0, ServerState.HEALTHY), true);
        write(period("a", 0, 30, ServerState.HEALTHY), true);
        write(period("a", 30, 60, ServerState.UNHEALTHY), true);
        write(period("b", 0, 90, ServerState.HEALTHY), true);

        List<StatePeriod> all = transaction(() -> states.since("s", START, 10));
        assertThat(all)
                .containsExactlyInAnyOrder(
                        period("a", 30, 60, ServerState.UNHEALTHY),
                        period("a", 0, 30, ServerState.HEALTHY),
                        period("b", 0, 90, ServerState.HEALTHY));
        assertThat(all.get(0)).isEqualTo(period("a", 30, 60, ServerState.UNHEALTHY));
        assertThat(transaction(() -> states.since("s", START.plusSeconds(60), 10)))
                .hasSize(1);
        assertThat(transaction(() -> states.since("s", START, 1))).hasSize(1);
        assertThat(transaction(() -> states.since("other", START, 10))).isEmpty();

        assertThat(transaction(() -> states.forget(START.plusSeconds(60)))).isEqualTo(1);
        assertThat(transaction(() -> states.since("s", START, 10))).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void serverShowsTheCurrentStateAndKeepsItsVersion(String product) throws Exception {
        open(product);
        Draft draft = new Draft(
                "files",
                "http://files.example/mcp",
                Transport.STREAMABLE_HTTP,
                List.of("eu"),
                null,
                Duration.ofSeconds(30));
        transaction(() -> servers.insert(new UpstreamServer("s", draft, Status.active(), START)));
        List<RegisteredServer> before = transaction(servers::all);

        write(period("a", 0, 30, ServerState.UNHEALTHY), true);
        UpstreamServer server = transaction(() -> servers.get("s").orElseThrow());
        assertThat(server.json().getString("status")).isEqualTo("unreachable");
        assertThat(server.json().getString("statusReason")).isEqualTo("unhealthy!");
        assertThat(server.json().getString("checkedAt"))
                .isEqualTo(START.plusSeconds(30).toString());

        write(new StatePeriod("s", "a", START.plusSeconds(30), START.plusSeconds(40), ServerState.HEALTHY, null), true);
        write(period("a", 0, 30, ServerState.UNHEALTHY), false);
        server = transaction(() -> servers.get("s").orElseThrow());
        assertThat(server.json().getString("status")).isEqualTo("active");
        assertThat(server.json().isNull("statusReason")).isTrue();
        assertThat(transaction(servers::all)).isEqualTo(before);
    }
}
