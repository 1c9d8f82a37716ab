package org.ergograph.app;

import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.ergograph.gateway.CacheSettings;
import org.ergograph.recorder.ConfigKey;
import org.ergograph.recorder.ConfigValues;
import org.jspecify.annotations.Nullable;

/** The configuration keys of the cache of results. */
final class CacheConfig {
    static final ConfigKey TOOLS = new ConfigKey(
            "ergograph.cache.tools",
            "",
            "a comma-separated list of SERVER__TOOL or SERVER__TOOL=DURATION, with * for any text and durations from PT1S to P30D",
            "Tools of upstream servers whose results are remembered, for an hour if nothing else is said; of these only the ones that their server marks as read-only and idempotent.");
    static final ConfigKey SHARED = new ConfigKey(
            "ergograph.cache.shared",
            "",
            "a comma-separated list of SERVER__TOOL, with * for any text",
            "Tools whose remembered results are for everybody; those of others are for who asked only.");
    static final ConfigKey MAX_BYTES = new ConfigKey(
            "ergograph.cache.max-bytes",
            "67108864",
            "a number from 1024 to 2147483647",
            "How much is remembered in memory, in bytes.");
    static final ConfigKey COMPRESS = new ConfigKey(
            "ergograph.cache.compress-bytes",
            "1024",
            "a number from 0 to 2147483647",
            "From which length on a result is compressed on its way to Redis, if that makes it shorter.");
    static final ConfigKey REDIS_URL = new ConfigKey(
            "ergograph.cache.redis.url",
            "",
            "a redis: or rediss: URL with a host, and user, password and database if needed",
            "Redis to remember results in, for all nodes; empty means the memory of each node.");
    static final ConfigKey REDIS_TIMEOUT = new ConfigKey(
            "ergograph.cache.redis.timeout",
            "PT0.25S",
            "an ISO-8601 duration from PT0.01S to PT10S",
            "How long Redis may take to connect or to answer before it counts as a miss.");

    private static final Duration DEFAULT_TTL = Duration.ofHours(1);
    private static final Duration MIN_TTL = Duration.ofSeconds(1);
    private static final Duration MAX_TTL = Duration.ofDays(30);

    private CacheConfig() {}

    static List<ConfigKey> keys() {
        return List.of(TOOLS, SHARED, MAX_BYTES, COMPRESS, REDIS_URL, REDIS_TIMEOUT);
    }

    static CacheSettings read(ConfigValues values) {
        List<CacheSettings.Rule> rules = new ArrayList<>();
        for (String item : values.list(TOOLS)) {
            int equals = item.indexOf('=');
            String tool = equals < 0 ? item : item.substring(0, equals).strip();
            Duration ttl = equals < 0
                    ? DEFAULT_TTL
                    : duration(item.substring(equals + 1).strip());
            if (tool.isEmpty() || ttl == null) {
                values.fault(TOOLS, item);
            } else {
                rules.add(new CacheSettings.Rule(tool, ttl));
            }
        }
        String url = values.text(REDIS_URL);
        if (!url.isEmpty() && !isRedis(url)) {
            values.fault(REDIS_URL, "(not shown)"); // it may hold a password
        }
        return new CacheSettings(
                rules,
                values.list(SHARED),
                values.integer(MAX_BYTES, 1024, Integer.MAX_VALUE),
                values.integer(COMPRESS, 0, Integer.MAX_VALUE),
                url.isEmpty() ? null : url,
                values.duration(REDIS_TIMEOUT, Duration.ofMillis(10), Duration.ofSeconds(10)));
    }

    private static @Nullable Duration duration(String text) {
        try {
            Duration ttl = Duration.parse(text);
            return ttl.compareTo(MIN_TTL) < 0 || ttl.compareTo(MAX_TTL) > 0 ? null : ttl;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static boolean isRedis(String url) {
        try {
            URI uri = new URI(url);
            return List.of("redis", "rediss").contains(String.valueOf(uri.getScheme())) && uri.getHost() != null;
        } catch (java.net.URISyntaxException e) {
            return false;
        }
    }
}
