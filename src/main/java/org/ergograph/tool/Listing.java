package org.ergograph.tool;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is offered of one sort, in the order of its keys, so that pages do not shift when something comes or goes. Immutable and
 * thread-safe; the text of a page is made once.
 */
public final class Listing<T> {
    /** How many entries a page has at most. */
    public static final int PAGE_SIZE = 500;

    private final NavigableMap<String, T> items;
    private final Function<T, JsonObject> json;
    private final Map<String, Page> pages = new ConcurrentHashMap<>();

    /** @param items of two with the same key the first is taken */
    Listing(List<T> items, Function<T, String> key, Function<T, JsonObject> json) {
        this.items =
                items.stream().collect(Collectors.toMap(key, item -> item, (first, second) -> first, TreeMap::new));
        this.json = json;
    }

    /**
     * A part of the listing.
     *
     * @param json the text of a JSON array
     * @param nextCursor asks for the rest; null if there is none
     */
    public record Page(String json, @Nullable String nextCursor) {}

    /** What has this key, if anything. */
    public Optional<T> find(String key) {
        return Optional.ofNullable(items.get(key));
    }

    /** All of it, in order. */
    public List<T> items() {
        return List.copyOf(items.values());
    }

    /**
     * A page.
     *
     * @param cursor null for the first one
     * @throws ProtocolException -32602 if the cursor is none of ours
     */
    public Page page(@Nullable String cursor) {
        String after = cursor == null ? "" : decode(cursor);
        Page known = pages.get(after);
        // Only pages that follow each other are kept, so that made-up cursors fill no memory.
        return known != null ? known : cursor == null || items.containsKey(after) ? keep(after) : make(after);
    }

    private Page keep(String after) {
        return pages.computeIfAbsent(after, this::make);
    }

    private Page make(String after) {
        JsonArrayBuilder array = JsonValues.array();
        String last = null;
        int count = 0;
        for (Map.Entry<String, T> entry : items.tailMap(after, false).entrySet()) {
            if (count == PAGE_SIZE) {
                return new Page(array.build().toString(), last == null ? null : encode(last));
            }
            array.add(json.apply(entry.getValue()));
            last = entry.getKey();
            count++;
        }
        return new Page(array.build().toString(), null);
    }

    private static String encode(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(
                    ProtocolException.INVALID_PARAMS, "cursor is none that this server gave: must be a nextCursor");
        }
    }
}
