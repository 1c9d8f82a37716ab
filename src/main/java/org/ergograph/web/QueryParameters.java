package org.ergograph.web;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the query parameters of one request by type and collects every fault; {@link #check} then tells them all, unknown
 * parameters among them. An absent or empty parameter is null. Not thread-safe.
 */
public final class QueryParameters {
    private final Map<String, List<String>> given;
    private final TreeSet<String> known = new TreeSet<>();
    private final List<Problem.Fault> faults = new ArrayList<>();

    /** @param given as {@code UriInfo.getQueryParameters()} answers */
    public QueryParameters(Map<String, List<String>> given) {
        this.given = given;
    }

    private @Nullable String value(String name) {
        known.add(name);
        List<String> values = given.get(name);
        if (values == null || values.isEmpty()) {
            return null;
        }
        if (values.size() > 1) {
            fault(name, String.join(", ", values), "given once");
            return null;
        }
        String value = values.get(0);
        return value == null || value.isEmpty() ? null : value;
    }

    /** Text of at most so many characters, none a control character. */
    public @Nullable String text(String name, int maxLength) {
        String value = value(name);
        if (value != null && !JsonBody.isText(value, 1, maxLength)) {
            fault(name, value, JsonBody.textOf(1, maxLength));
            return null;
        }
        return value;
    }

    /** Texts of at most so many characters each, given by repeating the parameter; empty ones are left out. */
    public List<String> texts(String name, int most, int maxLength) {
        known.add(name);
        List<String> texts = new ArrayList<>();
        for (String value : given.getOrDefault(name, List.of())) {
            if (value != null && !value.isEmpty()) {
                if (!JsonBody.isText(value, 1, maxLength)) {
                    fault(name, value, JsonBody.textOf(1, maxLength));
                }
                texts.add(value);
            }
        }
        if (texts.size() > most) {
            fault(name, texts.size() + " times", "given at most " + most + " times");
            return List.of();
        }
        return texts;
    }

    /** One of these words. */
    public @Nullable String oneOf(String name, List<String> words) {
        String value = value(name);
        if (value != null && !words.contains(value)) {
            fault(name, value, "one of " + String.join(", ", words));
            return null;
        }
        return value;
    }

    /** A whole number between the bounds, both inclusive. */
    public int integer(String name, int otherwise, int min, int max) {
        String value = value(name);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // falls through to the fault that names the parameter
        }
        fault(name, value, "a whole number from " + min + " to " + max);
        return otherwise;
    }

    /** The parameter {@code limit}: how many items a page may have, from 1. */
    public int limit(int otherwise, int max) {
        return integer("limit", otherwise, 1, max);
    }

    /** Whether the parameter is there at all, well formed or not. */
    public boolean has(String name) {
        return given.containsKey(name);
    }

    /** {@code true} or {@code false}. */
    public boolean bool(String name, boolean otherwise) {
        String value = oneOf(name, List.of("true", "false"));
        return value == null ? otherwise : value.equals("true");
    }

    /** A moment, ISO-8601 with {@code Z} or an offset, between the years 1970 and 9999. */
    public @Nullable Instant instant(String name) {
        String value = value(name);
        if (value == null) {
            return null;
        }
        try {
            // In a query an unescaped plus is a space.
            OffsetDateTime moment = OffsetDateTime.parse(value.replace(' ', '+'));
            if (moment.getYear() >= 1970 && moment.getYear() <= 9999) {
                return moment.toInstant();
            }
        } catch (DateTimeParseException e) {
            // falls through to the fault that names the parameter
        }
        fault(name, value, "a moment like 2026-01-31T12:00:00Z");
        return null;
    }

    /** A duration, ISO-8601, not negative and at most so long. */
    public @Nullable Duration duration(String name, Duration max) {
        String value = value(name);
        if (value == null) {
            return null;
        }
        try {
            Duration duration = Duration.parse(value);
            if (!duration.isNegative() && duration.compareTo(max) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException | ArithmeticException e) {
            // falls through to the fault that names the parameter
        }
        fault(name, value, "an ISO-8601 duration from PT0S to " + max);
        return null;
    }

    /** Demands that a range is not upside down; equal ends are an empty range, and allowed. */
    public void ordered(String from, @Nullable Instant start, String to, @Nullable Instant end) {
        if (start != null && end != null && start.isAfter(end)) {
            fault(from, start.toString(), "not after " + to + " (" + end + ")");
        }
    }

    /** The keys of the parameter {@code cursor}, null if there is none; see {@link Cursor#decode}. */
    public @Nullable List<String> cursor(String list, int keys) {
        String value = value("cursor");
        if (value == null) {
            return null;
        }
        try {
            return Cursor.decode(value, list, keys);
        } catch (ProblemException e) {
            faults.addAll(e.problem().errors());
            return null;
        }
    }

    /** Adds a fault. */
    public void fault(String name, @Nullable String value, String allowed) {
        faults.add(new Problem.Fault(name, value, allowed));
    }

    /**
     * Ends the reading.
     *
     * @throws ProblemException 400 naming every wrong parameter, those that nobody asked for included
     */
    public void check() {
        for (Map.Entry<String, List<String>> parameter : given.entrySet()) {
            if (!known.contains(parameter.getKey())) {
                List<String> values = parameter.getValue();
                fault(
                        parameter.getKey(),
                        values.isEmpty() ? "" : values.get(0),
                        known.isEmpty() ? "absent" : "one of the parameters " + String.join(", ", known));
            }
        }
        if (!faults.isEmpty()) {
            throw ProblemException.badFields(faults);
        }
    }
}
