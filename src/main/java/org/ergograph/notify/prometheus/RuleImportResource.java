package org.ergograph.notify.prometheus;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ergograph.alert.Rule;
import org.ergograph.notify.AlertRules;
import org.ergograph.observation.Recorder;
import org.ergograph.settings.Thresholds;
import org.ergograph.web.Continuation;
import org.ergograph.web.DatabaseCalls;
import org.ergograph.web.JsonText;
import org.ergograph.web.ProblemException;
import org.ergograph.web.QueryParameters;
import org.jspecify.annotations.Nullable;

/** Takes rule files of Prometheus, over HTTP: says what would become of each rule, and makes it so if asked to. */
@Path("/alert-rules/import")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
public class RuleImportResource {
    private static final int MAX_BODY = 1 << 20;

    // Fields, because the JAX-RS implementation of Open Liberty insists on a constructor without parameters.
    @Inject
    AlertRules rules;

    @Inject
    Thresholds thresholds;

    @Inject
    Recorder recorder;

    /** What became of a rule of the file. */
    private enum Fate {
        /** It would be added. */
        NEW,
        CREATED,
        /** There is the same already. */
        UNCHANGED,
        /** There is another of this name, which is left as it is. */
        EXISTS,
        REPLACED,
        /** It has no like here. */
        NOT_TRANSLATED,
        FAILED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private record Done(
            ImportedRule rule, Fate fate, @Nullable String why) {}

    /** Reads the file; changes something only with {@code apply=true}, and existing rules only with {@code replace=true} too. */
    @POST
    @Consumes({RuleExportResource.YAML, "application/x-yaml", "text/yaml", "text/plain"})
    public CompletionStage<Response> read(@Context UriInfo uri, @Nullable InputStream in) {
        QueryParameters query = new QueryParameters(uri.getQueryParameters());
        boolean apply = query.bool("apply", false);
        boolean replace = query.bool("replace", false);
        query.check();
        List<FileRule> file = FileRule.all(text(in));
        List<ImportedRule> imported = new RuleImport(rules::parse, thresholds::value, rules.minPeriod()).rules(file);
        return DatabaseCalls.orProblem(rules.all()
                .thenCompose(Continuation.<List<Rule>, List<Done>>of(
                        recorder, all -> each(imported, byName(all), apply, replace)))
                .thenApply(done -> answer(done, apply)));
    }

    private static String text(@Nullable InputStream in) {
        try {
            byte[] bytes = in == null ? new byte[0] : in.readNBytes(MAX_BODY + 1);
            if (bytes.length > MAX_BODY) {
                throw ProblemException.tooLarge(MAX_BODY);
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ProblemException.badRequest("the body is no well-formed UTF-8");
        } catch (IOException e) {
            throw ProblemException.badRequest("the body broke off");
        }
    }

    private static Map<String, Rule> byName(List<Rule> all) {
        return all.stream().collect(Collectors.toMap(Rule::name, Function.identity()));
    }

    /** One after the other: a file may have many rules, and the database has other callers. */
    private CompletionStage<List<Done>> each(
            List<ImportedRule> imported, Map<String, Rule> existing, boolean apply, boolean replace) {
        List<Done> done = new ArrayList<>();
        CompletionStage<Void> last = CompletableFuture.completedFuture(null);
        for (ImportedRule rule : imported) {
            last = last.thenCompose(
                            Continuation.<Void, Done>of(recorder, before -> one(rule, existing, apply, replace)))
                    .thenAccept(done::add);
        }
        return last.thenApply(nothing -> done);
    }

    private CompletionStage<Done> one(
            ImportedRule imported, Map<String, Rule> existing, boolean apply, boolean replace) {
        Rule rule = imported.rule();
        if (rule == null) {
            return done(imported, Fate.NOT_TRANSLATED, imported.why());
        }
        Rule before = existing.get(rule.name());
        if (before != null && rules.definition(before).equals(rules.definition(rule))) {
            return done(imported, Fate.UNCHANGED, null);
        }
        if (before != null && !replace) {
            return done(imported, Fate.EXISTS, "another rule has the name; replace=true puts this one in its place");
        }
        if (!apply) {
            return done(imported, before == null ? Fate.NEW : Fate.REPLACED, null);
        }
        CompletionStage<Rule> written = before == null ? rules.create(rule) : rules.change(before.id(), "*", rule);
        return written.handle((is, failure) -> failure == null
                ? new Done(imported, before == null ? Fate.CREATED : Fate.REPLACED, null)
                : new Done(imported, Fate.FAILED, String.valueOf(cause(failure).getMessage())));
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure : cause;
    }

    private static CompletionStage<Done> done(ImportedRule rule, Fate fate, @Nullable String why) {
        return CompletableFuture.completedFuture(new Done(rule, fate, why));
    }

    private Response answer(List<Done> all, boolean apply) {
        JsonArrayBuilder items = JsonText.array();
        all.forEach(done -> items.add(json(done)));
        JsonObjectBuilder counts = JsonText.object();
        for (Fate fate : Fate.values()) {
            counts.add(
                    fate.word(),
                    all.stream().filter(done -> done.fate() == fate).count());
        }
        JsonObject json = JsonText.object()
                .add("applied", apply)
                .add("counts", counts)
                .add("rules", items)
                .build();
        return Response.ok(JsonText.bytes(json), MediaType.APPLICATION_JSON).build();
    }

    private JsonObject json(Done done) {
        ImportedRule imported = done.rule();
        JsonArray notes = imported.notes().stream()
                .collect(JsonText::array, JsonArrayBuilder::add, JsonArrayBuilder::addAll)
                .build();
        JsonObjectBuilder json = JsonText.object()
                .add("name", imported.name())
                .add("group", imported.from().group())
                .add("line", imported.from().line())
                .add("result", done.fate().word())
                .add("exact", imported.exact())
                .add("notes", notes);
        Rule rule = imported.rule();
        if (rule == null) {
            json.addNull("rule");
        } else {
            json.add("rule", rules.definition(rule));
        }
        String why = done.why();
        return (why == null ? json.addNull("reason") : json.add("reason", why)).build();
    }
}
