package org.ergograph.gateway;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which results of tools are remembered, and where. Immutable.
 *
 * @param rules the first that names a tool says for how long
 * @param shared names of tools whose results all principals share, with {@code *} for any text
 * @param maxBytes how much is kept in memory
 * @param compressBytes from which length on a value is compressed on its way to Redis
 * @param redisUrl {@code redis:} or {@code rediss:}, with user, password and database if needed; null to keep results in memory
 * @param redisTimeout how long Redis may take to connect or answer before it is a miss
 */
public record CacheSettings(
        List<Rule> rules,
        List<String> shared,
        long maxBytes,
        int compressBytes,
        @Nullable String redisUrl,
        Duration redisTimeout) {
    /**
     * Results of these tools are kept for so long.
     *
     * @param tool {@code <server>__<tool>}, with {@code *} for any text
     */
    public record Rule(String tool, Duration ttl) {}

    public CacheSettings {
        rules = List.copyOf(rules);
        shared = List.copyOf(shared);
    }

    /** How long results of this tool are kept; empty if they are not. */
    Optional<Duration> ttl(String tool) {
        return rules.stream()
                .filter(rule -> matches(rule.tool(), tool))
                .map(Rule::ttl)
                .findFirst();
    }

    boolean isShared(String tool) {
        return shared.stream().anyMatch(pattern -> matches(pattern, tool));
    }

    @Override
    public String toString() {
        return "CacheSettings[rules=" + rules + ", redis=" + (redisUrl != null) + "]"; // the URL may hold a password
    }

    private static boolean matches(String pattern, String name) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(name);
        }
        String before = pattern.substring(0, star);
        String rest = pattern.substring(star + 1);
        if (!name.startsWith(before)) {
            return false;
        }
        for (int i = before.length(); i <= name.length(); i++) {
            if (matches(rest, name.substring(i))) {
                return true;
            }
        }
        return false;
    }
}
