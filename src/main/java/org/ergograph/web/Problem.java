package org.ergograph.web;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A problem as RFC 9457 has it: why a request was not answered as asked. Immutable.
 *
 * @param type the last part of the type's URN; null for {@code about:blank}, where the status says it all
 * @param status the HTTP status code, 400 to 599
 * @param title what sort of problem it is, the same for every occurrence
 * @param detail what is wrong this time, for people
 * @param errors the fields or parameters that are wrong, empty if none in particular is
 */
public record Problem(@Nullable String type, int status, String title, String detail, List<Fault> errors) {
    /** The media type of a problem. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String URN = "urn:ergograph:problem:";
    private static final int MAX_VALUE = 200;

    /**
     * A field or parameter that is wrong.
     *
     * @param value what was given, cut and sanitised; null if it was missing
     * @param allowed what would be right
     */
    public record Fault(String field, @Nullable String value, String allowed) {
        public Fault {
            field = shown(field);
            value = value == null ? null : shown(value);
        }

        private String sentence() {
            return value == null
                    ? field + " is missing: must be " + allowed
                    : field + " is '" + value + "': must be " + allowed;
        }
    }

    public Problem {
        errors = List.copyOf(errors);
    }

    /** A problem whose status says it all. */
    public static Problem of(int status, String title, String detail) {
        return new Problem(null, status, title, detail, List.of());
    }

    /** Bad fields or parameters: 400, or 422 where the request is understood but refused. */
    static Problem faulty(int status, String type, String title, List<Fault> errors) {
        List<String> sentences = errors.stream().map(Fault::sentence).toList();
        return new Problem(type, status, title, String.join("; ", sentences), errors);
    }

    /** The text cut to 200 characters, with control characters replaced, so that it can be echoed. */
    static String shown(String text) {
        String cut = text.length() > MAX_VALUE ? text.substring(0, MAX_VALUE) + "..." : text;
        StringBuilder shown = new StringBuilder(cut.length());
        for (int i = 0; i < cut.length(); i++) {
            char c = cut.charAt(i);
            boolean paired = !Character.isSurrogate(c)
                    || (Character.isHighSurrogate(c)
                            && i + 1 < cut.length()
                            && Character.isLowSurrogate(cut.charAt(i + 1)))
                    || (Character.isLowSurrogate(c) && i > 0 && Character.isHighSurrogate(cut.charAt(i - 1)));
            boolean printable = !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT;
            shown.append(paired && printable && c != '\u2028' && c != '\u2029' ? c : '_');
        }
        return shown.toString();
    }

    /** The problem as it goes over the wire. */
    public JsonObject json() {
        JsonObjectBuilder json = JsonText.object()
                .add("type", type == null ? "about:blank" : URN + type)
                .add("title", title)
                .add("status", status)
                .add("detail", detail);
        if (!errors.isEmpty()) {
            JsonArrayBuilder list = JsonText.array();
            for (Fault error : errors) {
                JsonObjectBuilder one = JsonText.object().add("field", error.field());
                if (error.value() == null) {
                    one.addNull("value");
                } else {
                    one.add("value", error.value());
                }
                list.add(one.add("allowed", error.allowed()));
            }
            json.add("errors", list);
        }
        return json.build();
    }

    /** The problem as a response that can be given more headers. */
    public Response.ResponseBuilder response() {
        return Response.status(status)
                .type(MEDIA_TYPE)
                .header("Cache-Control", "no-store")
                .entity(JsonText.bytes(json()));
    }
}
