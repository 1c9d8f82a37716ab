package org.ergograph.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ergograph.database.DatabaseState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ThresholdsTest {
    private static final class Stored extends SettingRepository {
        final List<Setting> settings = new ArrayList<>();
        boolean out;

        @Override
        List<Setting> all() {
            if (out) {
                throw new IllegalStateException("the database is out");
            }
            return settings;
        }
    }

    private final Stored stored = new Stored();
    private final DatabaseState database = new DatabaseState();
    private final Thresholds thresholds = new Thresholds(stored, database);

    private void set(String name, @Nullable Double value) {
        Setting setting = new Setting(name);
        setting.changed(new SettingChange(
                1,
                null,
                new Wish(Threshold.CPU_USAGE, value, null, null, "node", null, Instant.parse("2026-11-20T10:00:00Z"))));
        stored.settings.add(setting);
    }

    @Test
    void defaultsHoldUntilTheDatabaseIsThere() {
        set("cpu_usage", 60.0);
        thresholds.run();
        assertThat(thresholds.value(Threshold.CPU_USAGE)).isEqualTo(80);
        database.migrated();
        thresholds.run();
        assertThat(thresholds.value(Threshold.CPU_USAGE)).isEqualTo(60);
        assertThat(thresholds.value("cpu_usage")).hasValue(60);
        assertThat(thresholds.value(Threshold.DISK_USAGE)).isEqualTo(90);
    }

    @Test
    void lastKnownGoOnWhileTheDatabaseIsOut() {
        database.migrated();
        set("cache_ping", 0.01);
        thresholds.run();
        stored.out = true;
        stored.settings.clear();
        thresholds.run();
        assertThat(thresholds.duration(Threshold.CACHE_PING)).isEqualTo(Duration.ofMillis(10));
        stored.out = false;
        thresholds.run();
        assertThat(thresholds.duration(Threshold.CACHE_PING)).isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void nullIsTheDefaultAndWhatNobodyKnowsIsPassedOver() {
        database.migrated();
        set("cpu_usage", null);
        set("colour", 3.0);
        thresholds.run();
        assertThat(thresholds.value(Threshold.CPU_USAGE)).isEqualTo(80);
        assertThat(thresholds.value("colour")).isEmpty();
    }
}
