package org.ergograph.mcp;

import jakarta.json.JsonObject;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What this node knows of a client that gave its session a name. Bounded; thread-safe. */
final class LegacySession {
    /** More resources than a client would watch. */
    static final int MAX_RESOURCES = 1000;

    private static final int MAX_URI_LENGTH = 2048;

    private final String id;
    private final @Nullable String version;
    private final JsonObject capabilities;
    private final boolean known;
    private final Set<String> resources = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Subscriptions.@Nullable Listener> stream = new AtomicReference<>();
    private volatile int logLevel = LogLevels.INFO;

    /**
     * @param version that it began with; null if it did not begin here
     * @param capabilities of the client; empty if it did not begin here
     */
    LegacySession(String id, @Nullable String version, JsonObject capabilities) {
        this.id = id;
        this.version = version;
        this.capabilities = capabilities;
        this.known = version != null;
    }

    String id() {
        return id;
    }

    @Nullable
    String version() {
        return version;
    }

    JsonObject capabilities() {
        return capabilities;
    }

    /** Whether it began on this node, so that its capabilities are known. */
    boolean known() {
        return known;
    }

    int logLevel() {
        return logLevel;
    }

    void logLevel(int rank) {
        logLevel = rank;
    }

    /** @return false if there is no room */
    boolean watch(String uri) {
        return uri.length() <= MAX_URI_LENGTH
                && (resources.contains(uri) || (resources.size() < MAX_RESOURCES && resources.add(uri)));
    }

    void unwatch(String uri) {
        resources.remove(uri);
    }

    boolean watches(String uri) {
        return resources.contains(uri);
    }

    /** Makes this the stream of the session; the one before it is of no use any more. */
    Subscriptions.@Nullable Listener stream(Subscriptions.@Nullable Listener next) {
        return stream.getAndSet(next);
    }

    void closed(Subscriptions.Listener listener) {
        stream.compareAndSet(listener, null);
    }
}
