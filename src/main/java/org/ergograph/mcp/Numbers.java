package org.ergograph.mcp;

import jakarta.json.JsonObjectBuilder;

/** Writes whole numbers without a decimal point. */
final class Numbers {
    private Numbers() {}

    static void add(JsonObjectBuilder json, String key, double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            json.add(key, (long) value);
        } else {
            json.add(key, value);
        }
    }
}
