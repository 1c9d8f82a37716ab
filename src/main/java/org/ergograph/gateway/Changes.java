package org.ergograph.gateway;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import org.ergograph.web.JsonText;

/** What an upstream server says of changes of what it offers. */
final class Changes {
    private Changes() {}

    /** Which changes of its lists a server with these capabilities tells of, as {@code subscriptions/listen} asks for them. */
    static JsonObject wanted(JsonObject capabilities) {
        JsonObjectBuilder wanted = JsonText.object();
        for (String list : List.of("tools", "prompts", "resources")) {
            if (Messages.object(capabilities, list).get("listChanged") == JsonValue.TRUE) {
                wanted.add(list + "ListChanged", true);
            }
        }
        return wanted.build();
    }

    /** Whether a server with these capabilities may say something unasked. */
    static boolean any(JsonObject capabilities) {
        return !wanted(capabilities).isEmpty()
                || Messages.object(capabilities, "resources").get("subscribe") == JsonValue.TRUE;
    }

    /** Passes a notification of a change on; does nothing with any other. */
    static void tell(JsonObject notification, UpstreamListener listener) {
        String method = Messages.text(notification, "method");
        if (method == null) {
            return;
        }
        switch (method) {
            case "notifications/tools/list_changed",
                    "notifications/prompts/list_changed",
                    "notifications/resources/list_changed" -> listener.listsChanged();
            case "notifications/resources/updated" -> {
                String uri = Messages.text(Messages.object(notification, "params"), "uri");
                if (uri != null) {
                    listener.resourceUpdated(uri);
                }
            }
            default -> {}
        }
    }
}
