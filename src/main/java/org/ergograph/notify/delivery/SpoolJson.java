package org.ergograph.notify.delivery;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.List;
import org.ergograph.web.JsonText;

/** What happens to a {@link Spool} as records of a journal: JSON objects whose {@code kind} says what. Pure. */
final class SpoolJson {
    private SpoolJson() {}

    static byte[] entry(Entry entry) {
        return JsonText.bytes(
                JsonText.object(EntryJson.of(entry)).add("kind", "entry").build());
    }

    static byte[] begin(Open message, Attempt attempt, List<String> members) {
        JsonArrayBuilder ids = JsonText.array();
        members.forEach(ids::add);
        return JsonText.bytes(JsonText.object()
                .add("kind", "begin")
                .add("message", message.id())
                .add("channel", message.channel())
                .add("groupKey", message.groupKey())
                .add("sinceAt", message.sinceAt().toString())
                .add("nextAt", message.nextAt().toString())
                .add("attempt", attempt.number())
                .add("node", attempt.node())
                .add("at", attempt.beganAt().toString())
                .add("entries", ids)
                .build());
    }

    static byte[] end(String message, int attempt, Ended ended) {
        return JsonText.bytes(JsonText.object()
                .add("kind", "end")
                .add("message", message)
                .add("attempt", attempt)
                .add("result", ended.result())
                .add("state", ended.state())
                .add("detail", ended.detail())
                .add("at", ended.at().toString())
                .add("nextAt", ended.nextAt().toString())
                .build());
    }

    /**
     * Has what a record says happen again.
     *
     * @throws RuntimeException if it is none of ours
     */
    static void apply(JsonObject json, Spool spool) {
        switch (json.getString("kind")) {
            case "entry" -> spool.add(List.of(EntryJson.entry(json)));
            case "begin" -> {
                int number = json.getInt("attempt");
                String id = json.getString("message");
                Instant at = Instant.parse(json.getString("at"));
                spool.begin(
                        new Open(
                                id,
                                json.getString("channel"),
                                json.getString("groupKey"),
                                number,
                                true,
                                Instant.parse(json.getString("sinceAt")),
                                Instant.parse(json.getString("nextAt"))),
                        new Attempt(id, number, json.getString("node"), at, null, Attempt.SENDING, ""),
                        json.getJsonArray("entries").getValuesAs(JsonString::getString));
            }
            case "end" ->
                spool.end(
                        json.getString("message"),
                        json.getInt("attempt"),
                        new Ended(
                                json.getString("result"),
                                json.getString("state"),
                                json.getString("detail"),
                                Instant.parse(json.getString("at")),
                                Instant.parse(json.getString("nextAt"))));
            default -> throw new IllegalArgumentException("kind is " + json.getString("kind"));
        }
    }
}
