package org.ergograph.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.ergograph.database.DatabaseState;
import org.ergograph.history.TestDatabase;
import org.ergograph.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings and their history, in either database. */
class SettingRepositoryTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123456Z");

    /** As the container would, each change in a transaction of its own. */
    private static final class Transactional extends SettingRepository {
        Transactional(EntityManager entities) {
            this.entities = entities;
        }

        private <T> T within(Supplier<T> work) {
            entities.getTransaction().begin();
            boolean done = false;
            try {
                T result = work.get();
                done = true;
                return result;
            } finally {
                if (done) {
                    entities.getTransaction().commit();
                } else {
                    entities.getTransaction().rollback();
                }
                entities.clear();
            }
        }

        @Override
        Outcome change(Wish wish) {
            return within(() -> super.change(wish));
        }

        @Override
        List<Setting> all() {
            return within(super::all);
        }

        @Override
        List<SettingChange> history(@Nullable Threshold threshold, long before, int limit) {
            return within(() -> super.history(threshold, before, limit));
        }
    }

    private @Nullable EntityManagerFactory factory;

    private SettingRepository open(String product) {
        EntityManagerFactory made = Persistence.createEntityManagerFactory(
                "ergograph",
                Map.of(
                        "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                        "jakarta.persistence.jtaDataSource", "",
                        "jakarta.persistence.nonJtaDataSource", TestDatabase.of(product),
                        "eclipselink.session-name", product + "-settings",
                        "eclipselink.weaving", "false"));
        factory = made;
        return new Transactional(made.createEntityManager());
    }

    @AfterEach
    void close() {
        if (factory != null) {
            factory.close();
        }
    }

    private static Wish wish(Threshold threshold, @Nullable Double value, @Nullable String ifMatch) {
        return new Wish(threshold, value, ifMatch, "ada", "node", "because", NOW);
    }

    private static ThresholdChanges changes(SettingRepository settings) {
        return new ThresholdChanges(settings, new Thresholds(settings, new DatabaseState()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void changesAreKeptWithWhatWasBefore(String product) {
        SettingRepository settings = open(product);
        ThresholdChanges changes = changes(settings);
        changes.apply(wish(Threshold.CPU_USAGE, 60.0, null));
        changes.apply(wish(Threshold.DISK_USAGE, 70.0, null));
        changes.apply(wish(Threshold.CPU_USAGE, 65.5, "\"1\""));
        changes.apply(wish(Threshold.CPU_USAGE, null, "*"));

        assertThat(settings.history(null, Long.MAX_VALUE, 10))
                .extracting(
                        SettingChange::revision,
                        SettingChange::name,
                        SettingChange::oldValue,
                        SettingChange::newValue,
                        SettingChange::by,
                        SettingChange::comment,
                        SettingChange::at)
                .containsExactly(
                        tuple(4L, "cpu_usage", 65.5, null, "ada", "because", NOW),
                        tuple(3L, "cpu_usage", 60.0, 65.5, "ada", "because", NOW),
                        tuple(2L, "disk_usage", null, 70.0, "ada", "because", NOW),
                        tuple(1L, "cpu_usage", null, 60.0, "ada", "because", NOW));
        assertThat(settings.history(Threshold.CPU_USAGE, 4, 1))
                .extracting(SettingChange::revision)
                .containsExactly(3L);
        assertThat(settings.all())
                .extracting(Setting::name, Setting::value, Setting::revision)
                .containsExactlyInAnyOrder(tuple("cpu_usage", null, 4L), tuple("disk_usage", 70.0, 2L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void whatIsRefusedChangesNothing(String product) {
        SettingRepository settings = open(product);
        ThresholdChanges changes = changes(settings);
        assertThatThrownBy(() -> changes.apply(wish(Threshold.CACHE_PING, 0.2, null)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("value is '0.2': must be below 0.2, the value of cache_ping_critical");
        assertThatThrownBy(() -> changes.apply(wish(Threshold.CACHE_HIT_RATE, 0.4, null)))
                .hasMessageContaining("must be above 0.5, the value of cache_hit_rate_critical");
        changes.apply(wish(Threshold.CACHE_PING_CRITICAL, 1.0, null));
        changes.apply(wish(Threshold.CACHE_PING, 0.5, null));
        assertThatThrownBy(() -> changes.apply(wish(Threshold.CACHE_PING_CRITICAL, null, null)))
                .hasMessageContaining("422")
                .hasMessageContaining("value is '0.2': must be above 0.5, the value of cache_ping");
        assertThatThrownBy(() -> changes.apply(wish(Threshold.CACHE_PING, 0.6, "\"1\"")))
                .hasMessageContaining("412");
        assertThatThrownBy(() -> changes.apply(wish(Threshold.CPU_USAGE, 60.0, "\"7\"")))
                .hasMessageContaining("412");
        assertThat(settings.history(null, Long.MAX_VALUE, 10)).hasSize(2);
    }

    @Test
    void changesOfTwoNodesAtTheSameTimeAreNumberedWithoutGaps() throws Exception {
        SettingRepository first = open("postgresql");
        SettingRepository second =
                new Transactional(first.entities.getEntityManagerFactory().createEntityManager());
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (SettingRepository each : List.of(first, second)) {
                ThresholdChanges changes = changes(each);
                running.add(threads.submit(() -> {
                    for (int i = 0; i < 10; i++) {
                        changes.apply(wish(Threshold.CPU_USAGE, 50.0 + i, null));
                    }
                }));
            }
            for (Future<?> each : running) {
                each.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(first.history(null, Long.MAX_VALUE, 100).stream().map(SettingChange::revision))
                .containsExactlyElementsOf(
                        LongStream.iterate(20, n -> n - 1).limit(20).boxed().toList());
    }
}
