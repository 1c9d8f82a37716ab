package org.ergograph.notify;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Function;
import org.ergograph.web.Cursor;
import org.ergograph.web.JsonText;
import org.ergograph.web.QueryParameters;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is wanted. Immutable.
 *
 * @param list what its cursors are good for
 * @param after the id that the page before ended with; null for the first page
 */
record Page(String list, @Nullable String after, int limit) {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;

    /** Faults are told by the parameters' check. */
    static Page read(QueryParameters query, String list) {
        List<String> cursor = query.cursor(list, 1);
        if (cursor != null && !Answers.isId(cursor.get(0))) {
            query.fault("cursor", cursor.get(0), "a nextCursor that this list gave");
        }
        return new Page(list, cursor == null ? null : cursor.get(0), query.limit(DEFAULT_LIMIT, MAX_LIMIT));
    }

    /** @param found the page, and one more if there are more */
    <T> Response answer(List<T> found, Function<T, JsonObject> json, Function<T, String> id) {
        List<T> page = found.subList(0, Math.min(limit, found.size()));
        JsonArrayBuilder items = JsonText.array();
        page.forEach(each -> items.add(json.apply(each)));
        String next = found.size() > limit ? Cursor.encode(list, id.apply(page.get(page.size() - 1))) : null;
        return Response.ok(JsonText.bytes(JsonText.page(items.build(), next)), MediaType.APPLICATION_JSON)
                .build();
    }

    /** The same of objects that have an {@code id}. */
    Response answer(List<JsonObject> found) {
        return answer(found, each -> each, each -> each.getString("id"));
    }
}
