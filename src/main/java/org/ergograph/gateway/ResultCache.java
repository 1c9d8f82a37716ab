package org.ergograph.gateway;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Remembers results of tools. What it cannot find or reach is a miss, never a failure. Thread-safe. */
interface ResultCache {
    /** The result that was put under the key and has not expired; never fails. */
    CompletionStage<Optional<JsonObject>> get(String key);

    /** Remembers the result for so long, or not. */
    void put(String key, JsonObject result, Duration ttl);
}
