package org.ergograph.health;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a check found. Immutable.
 *
 * @param message one sentence for people
 * @param metadata figures by name; numbers, texts and booleans
 * @param error why it is not well, in one word; null if there is no error
 */
public record Finding(
        HealthState state,
        String message,
        Map<String, Object> metadata,
        @Nullable String error) {
    public Finding {
        metadata = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    public static Finding of(HealthState state, String message) {
        return new Finding(state, message, Map.of(), null);
    }

    public static Finding unhealthy(String message, String error) {
        return new Finding(HealthState.UNHEALTHY, message, Map.of(), error);
    }
}
