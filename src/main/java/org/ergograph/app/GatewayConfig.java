package org.ergograph.app;

import java.time.Duration;
import java.util.List;
import org.ergograph.gateway.GatewaySettings;
import org.ergograph.gateway.StdioServer;
import org.ergograph.recorder.ConfigKey;
import org.ergograph.recorder.ConfigValues;

/** The configuration keys of the gateway. */
final class GatewayConfig {
    private static final String PAUSE = "an ISO-8601 duration from PT1S to PT1H";

    static final ConfigKey DISCOVERY = new ConfigKey(
            "ergograph.gateway.discovery-interval",
            "PT5M",
            "an ISO-8601 duration from PT1S to P1D",
            "How often the tools, resources and prompts of upstream servers are read anew, beside each change that they announce.");
    static final ConfigKey KEEP = new ConfigKey(
            "ergograph.gateway.keep",
            "P1D",
            "an ISO-8601 duration from PT0S to P365D",
            "How long the tools of an upstream server that does not answer stay listed; calls to them fail meanwhile.");
    static final ConfigKey MAX_ITEMS = new ConfigKey(
            "ergograph.gateway.max-items",
            "1000",
            "a number from 1 to 10000",
            "How many tools of one upstream server are offered, and as many resources, resource templates and prompts.");
    static final ConfigKey CONCURRENT = new ConfigKey(
            "ergograph.gateway.concurrent",
            "256",
            "a number from 1 to 10000",
            "How many calls may be under way to one upstream server; more are refused at once.");
    static final ConfigKey MAX_RESULT = new ConfigKey(
            "ergograph.gateway.max-result-bytes",
            "4194304",
            "a number from 1024 to 268435456",
            "How long an upstream server's answer to a call may be, in bytes.");
    static final ConfigKey BREAKER_FAILURES = new ConfigKey(
            "ergograph.gateway.breaker-failures",
            "5",
            "a number from 1 to 1000, not above ergograph.gateway.breaker-calls",
            "After how many timeouts and broken connections calls to an upstream server are refused.");
    static final ConfigKey BREAKER_CALLS = new ConfigKey(
            "ergograph.gateway.breaker-calls",
            "10",
            "a number from 1 to 1000",
            "Among how many of the last calls these failures are counted.");
    static final ConfigKey BREAKER_DELAY = new ConfigKey(
            "ergograph.gateway.breaker-delay",
            "PT5S",
            "an ISO-8601 duration from PT0S to PT1H",
            "How long calls are refused then before one is tried.");
    static final ConfigKey CHECK_HEALTHY = new ConfigKey(
            "ergograph.gateway.check-healthy", "PT5M", PAUSE, "How often an upstream server that is well is checked.");
    static final ConfigKey CHECK_DEGRADED = new ConfigKey(
            "ergograph.gateway.check-degraded",
            "PT1M",
            PAUSE,
            "The same of one that answers checks while calls to it fail.");
    static final ConfigKey CHECK_UNHEALTHY = new ConfigKey(
            "ergograph.gateway.check-unhealthy",
            "PT30S",
            PAUSE,
            "The same of one that does not answer, at most: the first checks follow sooner.");
    static final ConfigKey STDIO = new ConfigKey(
            "ergograph.gateway.stdio",
            "",
            "a comma-separated list of names, each with ergograph.gateway.stdio.NAME.command",
            "Names of upstream servers that run as processes of this machine.");

    private GatewayConfig() {}

    static List<ConfigKey> keys() {
        return List.of(
                DISCOVERY,
                KEEP,
                MAX_ITEMS,
                CONCURRENT,
                MAX_RESULT,
                BREAKER_FAILURES,
                BREAKER_CALLS,
                BREAKER_DELAY,
                CHECK_HEALTHY,
                CHECK_DEGRADED,
                CHECK_UNHEALTHY,
                STDIO);
    }

    /** @param window how far back live figures reach */
    static GatewaySettings read(ConfigValues values, Duration window, List<StdioServer> stdio) {
        Duration second = Duration.ofSeconds(1);
        Duration hour = Duration.ofHours(1);
        int failures = values.integer(BREAKER_FAILURES, 1, 1000);
        int calls = values.integer(BREAKER_CALLS, 1, 1000);
        if (failures > calls) {
            values.fault(BREAKER_FAILURES, Integer.toString(failures));
            calls = failures;
        }
        return new GatewaySettings(
                values.duration(DISCOVERY, second, Duration.ofDays(1)),
                values.duration(KEEP, Duration.ZERO, Duration.ofDays(365)),
                values.integer(MAX_ITEMS, 1, 10_000),
                values.integer(CONCURRENT, 1, 10_000),
                values.integer(MAX_RESULT, 1024, 1 << 28),
                failures,
                calls,
                values.duration(BREAKER_DELAY, Duration.ZERO, hour),
                values.duration(CHECK_HEALTHY, second, hour),
                values.duration(CHECK_DEGRADED, second, hour),
                values.duration(CHECK_UNHEALTHY, second, hour),
                window,
                stdio);
    }
}
