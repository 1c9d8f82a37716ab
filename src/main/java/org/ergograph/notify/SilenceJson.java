package org.ergograph.notify;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.ergograph.alert.routing.Matcher;
import org.ergograph.alert.routing.Recurrence;
import org.ergograph.alert.routing.Silence;
import org.ergograph.web.JsonBody;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;

/** A silence as clients write and read it, which is also how it is stored. */
final class SilenceJson {
    private static final List<String> DAYS = Arrays.stream(DayOfWeek.values())
            .map(day -> day.name().toLowerCase(Locale.ROOT))
            .toList();

    private SilenceJson() {}

    /**
     * Reads and checks a silence.
     *
     * @param now when it begins if nothing is said
     * @throws org.ergograph.web.ProblemException 400 naming every fault
     */
    static Silence read(String id, JsonBody body, Instant now) {
        List<Matcher> matchers = Matchers.read(body, "matchers");
        Instant given = body.instant("startsAt");
        Instant startsAt = given == null ? now : given;
        Instant endsAt = body.instant("endsAt");
        if (!body.has("endsAt")) {
            body.fault("endsAt", null, "a moment like 2026-01-31T12:00:00Z");
        } else if (endsAt != null && !endsAt.isAfter(now)) {
            body.fault("endsAt", endsAt.toString(), "after now, which is " + now);
        }
        Recurrence recurrence = recurrence(body.object("recurrence"));
        String author = body.text("createdBy", 1, 200);
        String comment = body.optionalText("comment", 0, 2000);
        Instant end = endsAt == null ? startsAt.plusSeconds(1) : endsAt;
        Silence silence = null;
        try {
            if (!matchers.isEmpty()) {
                silence = new Silence(id, matchers, startsAt, end, recurrence, author, comment == null ? "" : comment);
            }
        } catch (IllegalArgumentException e) {
            body.fault(
                    end.isAfter(startsAt) ? "matchers" : "endsAt",
                    String.valueOf(endsAt),
                    "as said here: " + e.getMessage());
        }
        if (matchers.isEmpty() && body.has("matchers")) {
            body.fault("matchers", "of no use", "a list of 1 matcher or more");
        }
        body.check();
        return Objects.requireNonNull(silence);
    }

    private static @Nullable Recurrence recurrence(@Nullable JsonBody body) {
        if (body == null) {
            return null;
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String day : body.texts("days", 7, 9)) {
            if (DAYS.contains(day)) {
                days.add(DayOfWeek.valueOf(day.toUpperCase(Locale.ROOT)));
            } else {
                body.fault("days", day, "of " + String.join(", ", DAYS));
            }
        }
        if (days.isEmpty()) {
            days.addAll(EnumSet.allOf(DayOfWeek.class));
        }
        return new Recurrence(days, time(body, "from"), time(body, "to"), zone(body));
    }

    private static LocalTime time(JsonBody body, String field) {
        String text = body.text(field, 5, 8);
        try {
            return text.isEmpty() ? LocalTime.MIDNIGHT : LocalTime.parse(text);
        } catch (DateTimeException e) {
            body.fault(field, text, "a time like 22:30");
            return LocalTime.MIDNIGHT;
        }
    }

    private static ZoneId zone(JsonBody body) {
        String text = body.optionalText("zone", 1, 100);
        try {
            return ZoneId.of(text == null ? "UTC" : text);
        } catch (DateTimeException e) {
            body.fault("zone", text, "a time zone like Europe/Zurich");
            return ZoneId.of("UTC");
        }
    }

    /** What a client may write. */
    static JsonObjectBuilder definition(Silence silence) {
        JsonObjectBuilder json = JsonText.object()
                .add("matchers", Matchers.json(silence.matchers()))
                .add("startsAt", silence.startsAt().toString())
                .add("endsAt", silence.endsAt().toString());
        Recurrence recurrence = silence.recurrence();
        if (recurrence == null) {
            json.addNull("recurrence");
        } else {
            JsonArrayBuilder days = JsonText.array();
            recurrence.days().forEach(day -> days.add(day.name().toLowerCase(Locale.ROOT)));
            json.add(
                    "recurrence",
                    JsonText.object()
                            .add("days", days)
                            .add("from", recurrence.from().toString())
                            .add("to", recurrence.to().toString())
                            .add("zone", recurrence.zone().getId()));
        }
        return json.add("createdBy", silence.author()).add("comment", silence.comment());
    }

    /** As it is answered. */
    static JsonObject json(SilenceRow row, Instant now) {
        Silence silence = row.silence();
        String status =
                !now.isBefore(silence.endsAt()) ? "expired" : now.isBefore(silence.startsAt()) ? "pending" : "active";
        return definition(silence)
                .add("id", row.id())
                .add("version", row.version())
                .add("status", status)
                .add("createdAt", row.createdAt().toString())
                .add("updatedAt", row.updatedAt().toString())
                .build();
    }
}
