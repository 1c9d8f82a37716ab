package org.ergograph.gateway;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;

/** Reads all lists of one upstream server, page by page, one request at a time. For one reading. */
final class Lists {
    /** How many pages a list may have. */
    static final int MAX_PAGES = 1_000;
    /** How long a page may be. */
    static final int MAX_PAGE_BYTES = 8 << 20;

    private static final int METHOD_NOT_FOUND = -32601;

    private final Upstream upstream;
    private final Duration timeout;
    private final int maxItems;
    private final String traceparent;
    private int ignored;
    private boolean truncated;

    Lists(Upstream upstream, Duration timeout, int maxItems, String traceparent) {
        this.upstream = upstream;
        this.timeout = timeout;
        this.maxItems = maxItems;
        this.traceparent = traceparent;
    }

    /** Fails with an {@link UpstreamException} if a list that the server says it has cannot be read. */
    CompletionStage<Discovered> read() {
        List<JsonObject> tools = new ArrayList<>();
        List<JsonObject> resources = new ArrayList<>();
        List<JsonObject> templates = new ArrayList<>();
        List<JsonObject> prompts = new ArrayList<>();
        return list("tools", "tools/list", "tools", Lists::isTool, tools)
                .thenCompose(done -> list("resources", "resources/list", "resources", Lists::isResource, resources))
                .thenCompose(done -> list(
                        "resources", "resources/templates/list", "resourceTemplates", Lists::isTemplate, templates))
                .thenCompose(done -> list("prompts", "prompts/list", "prompts", Lists::isNamed, prompts))
                .thenApply(done -> new Discovered(
                        upstream.capabilities(), tools, resources, templates, prompts, ignored, truncated));
    }

    private CompletionStage<Boolean> list(
            String capability, String method, String field, Predicate<JsonObject> usable, List<JsonObject> into) {
        if (!upstream.capabilities().containsKey(capability)) {
            return CompletableFuture.completedFuture(true);
        }
        return page(method, field, usable, into, null, 1);
    }

    private CompletionStage<Boolean> page(
            String method,
            String field,
            Predicate<JsonObject> usable,
            List<JsonObject> into,
            @Nullable String cursor,
            int number) {
        JsonObjectBuilder params = JsonText.object();
        if (cursor != null) {
            params.add("cursor", cursor);
        }
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        upstream.request(new UpstreamRequest(method, params.build(), timeout, MAX_PAGE_BYTES, traceparent, null))
                .result()
                .whenComplete((result, e) -> {
                    if (result == null) {
                        UpstreamException failure = UpstreamFailures.of(e);
                        if (isUnknown(failure)) {
                            done.complete(true); // it has the capability, but not this list of it
                        } else {
                            done.completeExceptionally(failure);
                        }
                        return;
                    }
                    String next = take(result, field, usable, into);
                    if (next != null && (number >= MAX_PAGES || next.equals(cursor))) {
                        truncated = true;
                    } else if (next != null) {
                        page(method, field, usable, into, next, number + 1).whenComplete((rest, failure) -> {
                            if (failure == null) {
                                done.complete(true);
                            } else {
                                done.completeExceptionally(UpstreamFailures.of(failure));
                            }
                        });
                        return;
                    }
                    done.complete(true);
                });
        return done;
    }

    /** Takes a page's entries; answers the cursor of the next page, null if there is none or no more is wanted. */
    private @Nullable String take(
            JsonObject result, String field, Predicate<JsonObject> usable, List<JsonObject> into) {
        JsonArray entries = result.get(field) instanceof JsonArray array ? array : JsonValue.EMPTY_JSON_ARRAY;
        for (JsonValue entry : entries) {
            if (into.size() >= maxItems) {
                truncated = true;
                return null;
            }
            if (entry instanceof JsonObject object && usable.test(object)) {
                into.add(object);
            } else {
                ignored++;
            }
        }
        return result.get("nextCursor") instanceof JsonString next ? next.getString() : null;
    }

    private static boolean isUnknown(UpstreamException e) {
        JsonObject error = e.error();
        return error != null && error.getInt("code", 0) == METHOD_NOT_FOUND;
    }

    private static boolean isNamed(JsonObject entry) {
        return entry.get("name") instanceof JsonString;
    }

    private static boolean isTool(JsonObject entry) {
        return isNamed(entry) && entry.get("inputSchema") instanceof JsonObject;
    }

    private static boolean isResource(JsonObject entry) {
        return isNamed(entry) && entry.get("uri") instanceof JsonString;
    }

    private static boolean isTemplate(JsonObject entry) {
        return isNamed(entry) && entry.get("uriTemplate") instanceof JsonString;
    }
}
