package org.ergograph.mcp;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import java.util.List;
import org.ergograph.web.JsonText;

/** The revisions of the protocol that are spoken here. */
final class Revisions {
    static final String MODERN = "2026-07-28";
    /** What a client speaks that says nothing of it. */
    static final String OLDEST = "2025-03-26";

    static final String LATEST_LEGACY = "2025-11-25";
    /** Those that begin with {@code initialize}, the latest first. */
    static final List<String> LEGACY = List.of(LATEST_LEGACY, "2025-06-18", OLDEST);
    /** All of them, the latest first. */
    static final List<String> ALL = List.of(MODERN, LATEST_LEGACY, "2025-06-18", OLDEST);

    private Revisions() {}

    /** {@link #ALL} as it is told to clients. */
    static JsonArray array() {
        JsonArrayBuilder array = JsonText.array();
        ALL.forEach(array::add);
        return array.build();
    }
}
