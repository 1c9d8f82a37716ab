package org.ergograph.notify;

import jakarta.json.JsonArrayBuilder;
import java.util.ArrayList;
import java.util.List;
import org.ergograph.alert.routing.Matcher;
import org.ergograph.alert.routing.Matcher.Operator;
import org.ergograph.web.JsonBody;
import org.ergograph.web.JsonText;

/** Matchers as Alertmanager's API writes them. */
final class Matchers {
    private static final int MOST = 32;

    private Matchers() {}

    /** Those of a field; faults are told by the body's check. */
    static List<Matcher> read(JsonBody body, String field) {
        List<Matcher> matchers = new ArrayList<>();
        for (JsonBody each : body.objects(field, MOST)) {
            String name = each.text("name", 1, 200);
            String value = each.optionalText("value", 0, 1000);
            Operator operator = Operator.of(each.bool("isRegex", false), each.bool("isEqual", true));
            try {
                if (!name.isEmpty()) {
                    matchers.add(Matcher.of(name, operator, value == null ? "" : value));
                }
            } catch (IllegalArgumentException e) {
                each.fault("value", value, "as said here: " + e.getMessage());
            }
        }
        if (!body.has(field)) {
            body.fault(field, null, "a list of 1 to " + MOST + " matchers");
        }
        return matchers;
    }

    static JsonArrayBuilder json(List<Matcher> matchers) {
        JsonArrayBuilder array = JsonText.array();
        for (Matcher matcher : matchers) {
            array.add(JsonText.object()
                    .add("name", matcher.label())
                    .add("value", matcher.value())
                    .add("isRegex", matcher.operator().isRegex())
                    .add("isEqual", matcher.operator().isEqual()));
        }
        return array;
    }
}
