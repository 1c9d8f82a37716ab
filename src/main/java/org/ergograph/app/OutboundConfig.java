package org.ergograph.app;

import java.time.Duration;
import java.util.List;
import org.ergograph.outbound.ExchangeSettings;
import org.ergograph.outbound.OutboundPolicy;
import org.ergograph.outbound.OutboundSettings;
import org.ergograph.recorder.ConfigKey;
import org.ergograph.recorder.ConfigValues;

/** The configuration keys of requests to other servers. */
final class OutboundConfig {
    static final ConfigKey ALLOW = new ConfigKey(
            "ergograph.outbound.allow",
            "",
            "a comma-separated list of loopback, private, addresses and ranges in CIDR notation",
            "Where this server may go besides public addresses.");

    static final ConfigKey CONNECT_TIMEOUT = new ConfigKey(
            "ergograph.outbound.connect-timeout",
            "PT5S",
            "an ISO-8601 duration from PT0.1S to PT1M",
            "How long one attempt to connect to another server may take.");

    static final ConfigKey CONCURRENT = new ConfigKey(
            "ergograph.outbound.concurrent",
            "16",
            "a number from 1 to 1000",
            "How many requests to other servers may be under way at once; more are refused at once.");

    static final ConfigKey EXCHANGES = new ConfigKey(
            "ergograph.outbound.exchanges",
            "1000",
            "a number from 1 to 10000",
            "How many calls to upstream servers, streams included, may be under way at once; more are refused at once.");

    static final ConfigKey EXCHANGES_PER_HOST = new ConfigKey(
            "ergograph.outbound.exchanges-per-host",
            "256",
            "a number from 1 to 10000",
            "How many of them to the same host and port.");

    private OutboundConfig() {}

    static List<ConfigKey> keys() {
        return List.of(ALLOW, CONNECT_TIMEOUT, CONCURRENT, EXCHANGES, EXCHANGES_PER_HOST);
    }

    static OutboundSettings read(ConfigValues values) {
        return new OutboundSettings(
                policy(values),
                values.duration(CONNECT_TIMEOUT, Duration.ofMillis(100), Duration.ofMinutes(1)),
                values.integer(CONCURRENT, 1, 1000));
    }

    static ExchangeSettings exchanges(ConfigValues values) {
        return new ExchangeSettings(
                values.integer(EXCHANGES, 1, 10_000), values.integer(EXCHANGES_PER_HOST, 1, 10_000));
    }

    private static OutboundPolicy policy(ConfigValues values) {
        try {
            return OutboundPolicy.of(values.list(ALLOW));
        } catch (IllegalArgumentException e) {
            values.fault(ALLOW, values.text(ALLOW));
            return OutboundPolicy.of(List.of());
        }
    }
}
