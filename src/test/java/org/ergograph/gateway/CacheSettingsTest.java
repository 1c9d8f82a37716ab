package org.ergograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "files__read, files__read, true",
        "files__read, files__reads, false",
        "files__*, files__read, true",
        "files__*, mail__read, false",
        "*, anything, true",
        "*__get_*, files__get_all, true",
        "*__get_*, files__set_all, false",
        "*_a, x_a_a, true",
        "files__*, files__, true",
    })
    void ruleNamesTool(String rule, String tool, boolean named) {
        CacheSettings settings = Fixture.caching(new CacheSettings.Rule(rule, Duration.ofSeconds(9)));
        assertThat(settings.ttl(tool).isPresent()).isEqualTo(named);
    }

    @Test
    void firstRuleThatNamesTheToolCounts() {
        CacheSettings settings = Fixture.caching(
                new CacheSettings.Rule("files__read", Duration.ofSeconds(1)),
                new CacheSettings.Rule("files__*", Duration.ofSeconds(2)));
        assertThat(settings.ttl("files__read")).contains(Duration.ofSeconds(1));
        assertThat(settings.ttl("files__list")).contains(Duration.ofSeconds(2));
    }

    @Test
    void passwordIsNotShown() {
        CacheSettings settings = new CacheSettings(
                java.util.List.of(),
                java.util.List.of(),
                1,
                1,
                "redis://:s3cret@redis.example:6379",
                Duration.ofSeconds(1));
        assertThat(settings.toString()).doesNotContain("s3cret");
    }
}
