package org.ergograph.mcp;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that were heard of lately. A session is a name and no more: one that is not known here is made anew, since it may
 * have begun on another node. Only those that were ended here are remembered as such. Bounded; thread-safe.
 */
final class LegacySessions {
    private static final int MAX_SESSIONS = 10_000;
    private static final int MAX_CAPABILITIES = 4096;
    private static final List<String> CAPABILITIES = List.of("elicitation", "sampling", "roots");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, LegacySession> sessions = new LinkedHashMap<>(64, 0.75f, true);
    private final Map<String, Boolean> ended = new LinkedHashMap<>();

    /** A name that nobody can guess. */
    static String newId() {
        byte[] bytes = new byte[18];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Begins one. */
    LegacySession begin(String version, JsonObject capabilities) {
        return put(new LegacySession(newId(), version, bounded(capabilities)));
    }

    /** What is known under this name, which is nothing at first. */
    LegacySession of(String id) {
        synchronized (sessions) {
            LegacySession known = sessions.get(id);
            return known != null ? known : put(new LegacySession(id, null, JsonValue.EMPTY_JSON_OBJECT));
        }
    }

    private LegacySession put(LegacySession session) {
        synchronized (sessions) {
            sessions.put(session.id(), session);
            bound(sessions);
        }
        return session;
    }

    /** Whether it was ended on this node. */
    boolean ended(String id) {
        synchronized (sessions) {
            return ended.containsKey(id);
        }
    }

    /** Ends it; answers what was known of it. */
    @Nullable
    LegacySession end(String id) {
        synchronized (sessions) {
            ended.put(id, true);
            bound(ended);
            return sessions.remove(id);
        }
    }

    private static void bound(Map<String, ?> map) {
        Iterator<String> eldest = map.keySet().iterator();
        while (map.size() > MAX_SESSIONS) {
            eldest.next();
            eldest.remove();
        }
    }

    /** What we may ever ask the client for. */
    private static JsonObject bounded(JsonObject capabilities) {
        JsonObjectBuilder kept = JsonText.object();
        for (String name : CAPABILITIES) {
            JsonValue value = capabilities.get(name);
            if (value instanceof JsonObject) {
                kept.add(name, value.toString().length() <= MAX_CAPABILITIES ? value : JsonValue.EMPTY_JSON_OBJECT);
            }
        }
        return kept.build();
    }
}
