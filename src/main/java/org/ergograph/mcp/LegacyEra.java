package org.ergograph.mcp;

import jakarta.json.JsonObject;
import java.util.Set;
import org.ergograph.tool.Listing;
import org.ergograph.web.JsonText;

/**
 * The revisions that begin with {@code initialize}.
 *
 * @param version one of {@link Revisions#LEGACY}
 */
record LegacyEra(String version) implements Era {
    private static final Set<String> METHODS =
            Set.of("initialize", "ping", "logging/setLevel", "resources/subscribe", "resources/unsubscribe");

    /** Whether several messages may come at once. */
    boolean batches() {
        return version.equals(Revisions.OLDEST);
    }

    @Override
    public boolean has(String method) {
        return COMMON.contains(method) || METHODS.contains(method);
    }

    @Override
    public void check(Message.Request request, Inbound inbound) {
        // Nothing beyond what a message must be.
    }

    @Override
    public String list(String field, Listing.Page page) {
        return "{\"" + field + "\":" + page.json() + next(page) + "}";
    }

    /** The member that holds the cursor, comma included; empty at the end of the list. */
    static String next(Listing.Page page) {
        String cursor = page.nextCursor();
        if (cursor == null) {
            return "";
        }
        String member = JsonText.object().add("nextCursor", cursor).build().toString();
        return "," + member.substring(1, member.length() - 1);
    }

    @Override
    public String result(JsonObject result, Keeping keeping) {
        return result.toString();
    }
}
