package org.ergograph.gateway;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.TreeMap;
import org.ergograph.tool.Call;

/** Under what a result is remembered: server, tool, arguments and who asked. Pure. */
final class CacheKeys {
    private CacheKeys() {}

    /** 64 hexadecimal digits; the same only for the same tool of the same registration, equal arguments and the same principal. */
    static String of(Route route, Call call) {
        String principal = call.principal();
        String who = route.shared() ? "everybody" : principal == null ? "anonymous" : "principal " + principal;
        StringBuilder text = new StringBuilder();
        for (String part : new String[] {
            route.link().server().id(), Long.toString(route.link().server().version()), route.label(), who
        }) {
            // With its length before it no part can run into the next.
            text.append(part.length()).append(':').append(part);
        }
        canonical(call.arguments(), text);
        return Names.sha256(text.toString());
    }

    /** JSON with the members of objects in order; numbers as they are written. */
    static void canonical(JsonValue value, StringBuilder text) {
        if (value instanceof JsonObject object) {
            text.append('{');
            new TreeMap<>(object).forEach((name, member) -> {
                text.append(name.length()).append(':').append(name);
                canonical(member, text);
            });
            text.append('}');
        } else if (value instanceof JsonArray array) {
            text.append('[');
            array.forEach(item -> {
                canonical(item, text);
                text.append(',');
            });
            text.append(']');
        } else {
            text.append(value).append(';');
        }
    }
}
