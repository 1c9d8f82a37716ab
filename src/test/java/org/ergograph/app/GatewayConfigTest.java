package org.ergograph.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ergograph.gateway.CacheSettings;
import org.ergograph.gateway.StdioServer;
import org.ergograph.recorder.ConfigValues;
import org.ergograph.registry.RegisteredServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayConfigTest {
    private static ConfigValues values(Map<String, String> given) {
        return new ConfigValues(name -> given.getOrDefault(name, ""));
    }

    @Test
    void processIsReadWithItsArgumentsVariablesAndTimeout() {
        ConfigValues values = values(Map.of(
                "ergograph.gateway.stdio", "files, git",
                "ergograph.gateway.stdio.files.command", "npx -y \"a server\" '--root=/a b' --empty \"\"",
                "ergograph.gateway.stdio.files.env", "A=1 B='two words' C=x=y",
                "ergograph.gateway.stdio.files.timeout", "PT5S",
                "ergograph.gateway.stdio.git.command", "git-mcp"));
        StdioConfig.Configured read = StdioConfig.read(values);
        values.check();
        assertThat(read.processes())
                .containsExactly(
                        new StdioServer(
                                "files",
                                List.of("npx", "-y", "a server", "--root=/a b", "--empty", ""),
                                Map.of("A", "1", "B", "two words", "C", "x=y")),
                        new StdioServer("git", List.of("git-mcp"), Map.of()));
        assertThat(read.servers()).extracting(RegisteredServer::name).containsExactlyInAnyOrder("files", "git");
        assertThat(read.servers()).extracting(RegisteredServer::transport).containsOnly("stdio");
        assertThat(read.servers())
                .extracting(RegisteredServer::timeout)
                .containsExactlyInAnyOrder(Duration.ofSeconds(5), Duration.ofSeconds(30));
        assertThat(read.servers())
                .allSatisfy(server -> assertThat(server.id())
                        .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                        .isLessThan("01000000-0000-7000-8000-000000000000"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a name with capitals|Files|npx|A=1",
                "no command|files||A=1",
                "a quote that does not end|files|npx 'a|A=1",
                "a variable without a value|files|npx|s3cret",
            })
    void faultOfAProcessStopsTheStart(String fact, String name, String command, String env) {
        ConfigValues values = values(Map.of(
                "ergograph.gateway.stdio",
                name,
                "ergograph.gateway.stdio." + name + ".command",
                command == null ? "" : command,
                "ergograph.gateway.stdio." + name + ".env",
                env));
        StdioConfig.read(values);
        assertThatThrownBy(values::check)
                .as(fact)
                .hasMessageContaining("ergograph.gateway.stdio")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void moreFailuresThanCallsAreRefused() {
        ConfigValues values =
                values(Map.of("ergograph.gateway.breaker-failures", "11", "ergograph.gateway.breaker-calls", "10"));
        GatewayConfig.read(values, Duration.ofMinutes(5), List.of());
        assertThatThrownBy(values::check).hasMessageContaining("breaker-failures is '11'");
    }

    @Test
    void cacheRulesAreReadAndLastAnHourIfNothingElseIsSaid() {
        ConfigValues values = values(Map.of(
                "ergograph.cache.tools", "a__b=PT10M, c__*",
                "ergograph.cache.shared", "c__*",
                "ergograph.cache.redis.url", "rediss://user:pw@redis.example:6380/2"));
        CacheSettings read = CacheConfig.read(values);
        values.check();
        assertThat(read.rules())
                .containsExactly(
                        new CacheSettings.Rule("a__b", Duration.ofMinutes(10)),
                        new CacheSettings.Rule("c__*", Duration.ofHours(1)));
        assertThat(read.redisUrl()).isEqualTo("rediss://user:pw@redis.example:6380/2");
        assertThat(CacheConfig.read(values(Map.of())).redisUrl()).isNull();
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "ergograph.cache.tools,a__b=soon",
        "ergograph.cache.tools,a__b=PT0S",
        "ergograph.cache.tools,=PT1H",
        "ergograph.cache.redis.url,http://s3cret@redis.example",
        "ergograph.cache.redis.url,redis:s3cret",
    })
    void faultOfTheCacheStopsTheStart(String key, String value) {
        ConfigValues values = values(Map.of(key, value));
        CacheConfig.read(values);
        assertThatThrownBy(values::check).hasMessageContaining(key).hasMessageNotContaining("s3cret");
    }
}
