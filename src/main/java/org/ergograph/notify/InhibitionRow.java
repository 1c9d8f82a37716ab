package org.ergograph.notify;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.ergograph.alert.routing.Inhibition;
import org.ergograph.alert.routing.Matcher;
import org.ergograph.web.JsonBody;
import org.ergograph.web.JsonText;

/** An inhibition in the database. Not thread-safe. */
@Entity
@Table(name = "inhibition")
@SuppressWarnings("NullAway.Init") // filled by the persistence provider
class InhibitionRow extends Definition {
    private String name;

    protected InhibitionRow() {}

    InhibitionRow(Inhibition inhibition, Instant now) {
        super(inhibition.id(), now);
        change(inhibition, now);
    }

    final void change(Inhibition inhibition, Instant now) {
        name = inhibition.name();
        define(definition(inhibition).build().toString(), now);
    }

    @Override
    String name() {
        return name;
    }

    Inhibition inhibition() {
        return read(id(), JsonBody.parse(definition()));
    }

    /**
     * Reads and checks an inhibition.
     *
     * @throws org.ergograph.web.ProblemException 400 naming every fault
     */
    static Inhibition read(String id, JsonBody body) {
        String name = body.text("name", 1, RuleJson.MAX_NAME);
        List<Matcher> source = matchers(body, "sourceMatchers");
        List<Matcher> target = matchers(body, "targetMatchers");
        List<String> equal = body.texts("equal", 32, 200);
        body.check();
        return new Inhibition(id, name, source, target, equal);
    }

    private static List<Matcher> matchers(JsonBody body, String field) {
        List<Matcher> matchers = Matchers.read(body, field);
        if (matchers.isEmpty() && body.has(field)) {
            body.fault(field, "empty", "a list of 1 matcher or more");
        }
        return matchers;
    }

    private static JsonObjectBuilder definition(Inhibition inhibition) {
        var equal = JsonText.array();
        inhibition.equal().forEach(equal::add);
        return JsonText.object()
                .add("name", inhibition.name())
                .add("sourceMatchers", Matchers.json(inhibition.source()))
                .add("targetMatchers", Matchers.json(inhibition.target()))
                .add("equal", equal);
    }

    /** As it is answered. */
    JsonObject json() {
        return definition(inhibition())
                .add("id", id())
                .add("version", version())
                .add("createdAt", createdAt().toString())
                .add("updatedAt", updatedAt().toString())
                .build();
    }
}
