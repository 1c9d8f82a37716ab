package org.ergograph.registry;

import java.util.List;
import org.ergograph.database.TimeOrderedIds;
import org.ergograph.web.QueryParameters;
import org.jspecify.annotations.Nullable;

/**
 * Which servers a list shows, in the order of their ids, and how many of them. Immutable; null stands for any.
 *
 * @param after the id after which the page begins; null for the first page
 */
record ServerFilter(
        @Nullable String name,
        @Nullable String status,
        @Nullable String tag,
        @Nullable String transport,
        @Nullable String after,
        int limit) {
    static final String LIST = "servers";
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;

    /** Whether a server of the configuration, which sorts before all others, is to be shown. */
    boolean takes(RegisteredServer server, String itsStatus) {
        return (name == null || name.equals(server.name()))
                && (status == null || status.equals(itsStatus))
                && (tag == null || server.tags().contains(tag))
                && (transport == null || transport.equals(server.transport()))
                && (after == null || server.id().compareTo(after) > 0);
    }

    static ServerFilter from(QueryParameters query) {
        List<String> cursor = query.cursor(LIST, 1);
        if (cursor != null && !TimeOrderedIds.isId(cursor.get(0))) {
            query.fault("cursor", cursor.get(0), "a nextCursor that this list gave");
        }
        ServerFilter filter = new ServerFilter(
                query.text("name", 64),
                query.oneOf("status", Status.WORDS),
                query.text("tag", 64),
                query.oneOf("transport", List.of(Transport.STREAMABLE_HTTP, Transport.STDIO)),
                cursor == null ? null : cursor.get(0),
                query.limit(DEFAULT_LIMIT, MAX_LIMIT));
        query.check();
        return filter;
    }
}
