package org.ergograph.tool;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is offered of one sort, in the order of its keys, so that pages do not shift when something comes or goes. Immutable and
 * thread-safe; the text of a page is made once.
 */
public final class Listing<T> {
    /** How many entries a page has at most. */
    public static final int PAGE_SIZE = 500;

    private final NavigableMap<String, T> items;
    private final Map<String, JsonObject> json;
    private final Map<String, Page> pages;

    private Listing(NavigableMap<String, T> items, Map<String, JsonObject> json, Map<String, Page> pages) {
        this.items = items;
        this.json = json;
        this.pages = pages;
    }

    /**
     * A listing of these.
     *
     * @param items by their keys
     * @param json how one is shown; asked once
     * @param before what it takes the place of, whose text it takes over if that is the same; null if there is none
     */
    static <T> Listing<T> of(Map<String, T> items, Function<T, JsonObject> json, @Nullable Listing<T> before) {
        NavigableMap<String, T> ordered = new TreeMap<>(items);
        Map<String, JsonObject> shown = new LinkedHashMap<>();
        ordered.forEach((key, item) -> shown.put(key, json.apply(item)));
        Map<String, Page> pages =
                before != null && before.json.equals(shown) ? before.pages : new ConcurrentHashMap<>();
        return new Listing<>(ordered, shown, pages);
    }

    /** Whether clients are shown the same as by the other. */
    boolean shows(Listing<T> other) {
        return json.equals(other.json);
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
            array.add(json.get(entry.getKey()));
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
