package org.ergograph.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ergograph.health.HealthSettings;
import org.ergograph.health.WatchedUrl;
import org.ergograph.outbound.OutboundPolicy;
import org.ergograph.recorder.ConfigKey;
import org.ergograph.recorder.ConfigValues;

/** The configuration keys of the health checks. */
final class HealthConfig {
    private static final String PERCENT = "a number from 1 to 100";

    static final ConfigKey INTERVAL = new ConfigKey(
            "ergograph.health.interval",
            "PT30S",
            "an ISO-8601 duration from PT1S to PT1H",
            "How often each health check runs; answers come from its last result.");
    static final ConfigKey TIMEOUT = new ConfigKey(
            "ergograph.health.timeout",
            "PT10S",
            "an ISO-8601 duration from PT0.1S to PT5M",
            "How long a health check may take before it counts as unhealthy.");
    static final ConfigKey CPU =
            new ConfigKey("ergograph.health.cpu-percent", "90", PERCENT, "Processor use that counts as too much.");
    static final ConfigKey MEMORY =
            new ConfigKey("ergograph.health.memory-percent", "90", PERCENT, "Memory use that counts as too much.");
    static final ConfigKey DISK = new ConfigKey(
            "ergograph.health.disk-percent",
            "90",
            PERCENT,
            "Use of the data directory's volume that counts as too much.");
    static final ConfigKey URLS = new ConfigKey(
            "ergograph.health.urls",
            "",
            "a comma-separated list of at most 50 NAME=URL or NAME=URL=STATUS, the name of 1 to 50 of a-z, 0-9, - and _, the URL http or https, the status from 100 to 599",
            "URLs that are checked, and the status that each is to answer with, 200 if nothing else is said.");
    static final ConfigKey READY = new ConfigKey(
            "ergograph.health.ready",
            "",
            "a comma-separated list of names of health checks, audit and database say",
            "Names of the health checks without which this node is not ready.");

    private static final Pattern URL = Pattern.compile("([a-z0-9_-]{1,50})=(.+?)(?:=([1-5][0-9]{2}))?");
    private static final int MAX_URLS = 50;

    private HealthConfig() {}

    static List<ConfigKey> keys() {
        return List.of(INTERVAL, TIMEOUT, CPU, MEMORY, DISK, URLS, READY);
    }

    static HealthSettings read(ConfigValues values, OutboundPolicy policy) {
        return new HealthSettings(
                values.duration(INTERVAL, Duration.ofSeconds(1), Duration.ofHours(1)),
                values.duration(TIMEOUT, Duration.ofMillis(100), Duration.ofMinutes(5)),
                values.integer(CPU, 1, 100),
                values.integer(MEMORY, 1, 100),
                values.integer(DISK, 1, 100),
                urls(values, policy),
                values.list(READY));
    }

    private static List<WatchedUrl> urls(ConfigValues values, OutboundPolicy policy) {
        List<WatchedUrl> urls = new ArrayList<>();
        for (String item : values.list(URLS)) {
            Matcher matcher = URL.matcher(item);
            if (!matcher.matches()) {
                values.fault(URLS, item);
            } else if (policy.judge(matcher.group(2)) instanceof OutboundPolicy.Refused refused) {
                values.fault(
                        URLS,
                        matcher.group(1) + " (it " + refused.reason() + "; allowed is " + refused.allowed() + ")");
            } else {
                String status = matcher.group(3);
                urls.add(new WatchedUrl(
                        matcher.group(1), matcher.group(2), status == null ? 200 : Integer.parseInt(status)));
            }
        }
        if (urls.size() > MAX_URLS) {
            values.fault(URLS, urls.size() + " URLs");
        }
        return urls;
    }
}
