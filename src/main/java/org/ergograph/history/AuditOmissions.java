package org.ergograph.history;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ergograph.web.JsonText;

/** How many observations of a range have no row, by the reason why: {@code sampled}, {@code rejected} or {@code dropped}. Immutable. */
record AuditOmissions(SortedMap<String, Long> byReason) {
    private static final String SAMPLED = "sampled";

    AuditOmissions {
        byReason = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(byReason));
    }

    /** Whether every observation of the range has its row. */
    boolean complete() {
        return byReason.values().stream().allMatch(count -> count == 0);
    }

    /** Whether rows were left out by choice. */
    boolean sampled() {
        return byReason.getOrDefault(SAMPLED, 0L) > 0;
    }

    /** The page with what it says of its completeness. */
    JsonObject told(JsonObject page) {
        JsonObjectBuilder omitted = JsonText.object();
        byReason.forEach(omitted::add);
        return JsonText.object(page)
                .add("complete", complete())
                .add("sampled", sampled())
                .add("omitted", omitted)
                .build();
    }

    /** The same as headers, for answers that have room for rows only. */
    Map<String, String> headers() {
        StringBuilder omitted = new StringBuilder();
        byReason.forEach((reason, count) -> omitted.append(omitted.isEmpty() ? "" : ", ")
                .append(reason)
                .append('=')
                .append(count));
        return Map.of(
                "Ergograph-Complete", Boolean.toString(complete()),
                "Ergograph-Sampled", Boolean.toString(sampled()),
                "Ergograph-Omitted", omitted.toString());
    }
}
