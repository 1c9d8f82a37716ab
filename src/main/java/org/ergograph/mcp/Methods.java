package org.ergograph.mcp;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.ergograph.mcp.Era.Keeping;
import org.ergograph.tool.Answer;
import org.ergograph.tool.Call;
import org.ergograph.tool.Catalogue;
import org.ergograph.tool.Listing;
import org.ergograph.tool.Prompt;
import org.ergograph.tool.ProtocolException;
import org.ergograph.tool.Resource;
import org.ergograph.tool.ResourceTemplate;
import org.ergograph.tool.Tool;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;

/** What each method does. Thread-safe. */
final class Methods {
    /** A resource that is not there, as legacy revisions number it. */
    private static final int LEGACY_NOT_FOUND = -32002;

    private static final int MAX_COMPLETIONS = 100;

    /** Answers a request, perhaps later. */
    private interface Method {
        CompletionStage<Reply> handle(Turn turn);
    }

    private final Catalogue catalogue;
    private final LegacySessions sessions;
    private final Asking asking;
    private final ServerInfo info;
    private final Map<String, Method> methods = new HashMap<>();

    Methods(Catalogue catalogue, LegacySessions sessions, Asking asking, ServerInfo info) {
        this.catalogue = catalogue;
        this.sessions = sessions;
        this.asking = asking;
        this.info = info;
        now("server/discover", turn -> turn.era().result(info.discovered(), Keeping.LONG));
        now("initialize", this::initialize);
        now("ping", turn -> "{}");
        now("logging/setLevel", Methods::setLevel);
        now("resources/subscribe", this::subscribe);
        now("resources/unsubscribe", Methods::unsubscribe);
        now("tools/list", turn -> list(turn, "tools", catalogue.current().tools()));
        now(
                "resources/list",
                turn -> list(turn, "resources", catalogue.current().resources()));
        now(
                "resources/templates/list",
                turn -> list(turn, "resourceTemplates", catalogue.current().templates()));
        now("prompts/list", turn -> list(turn, "prompts", catalogue.current().prompts()));
        methods.put("tools/call", this::callTool);
        methods.put("resources/read", this::readResource);
        methods.put("prompts/get", this::getPrompt);
        methods.put("completion/complete", this::complete);
    }

    private void now(String name, Function<Turn, String> method) {
        methods.put(name, turn -> CompletableFuture.completedFuture(Reply.of(method.apply(turn))));
    }

    /** Does what is asked. The stage never fails. */
    CompletionStage<Reply> handle(Turn turn) {
        String name = turn.request().method();
        Method method = turn.era().has(name) ? methods.get(name) : null;
        if (method == null) {
            String shown = name.length() > 100 ? name.substring(0, 100) : name;
            return CompletableFuture.completedFuture(Reply.error(
                    turn.era() instanceof ModernEra ? 404 : 200,
                    ProtocolException.METHOD_NOT_FOUND,
                    "there is no method " + shown + " in revision " + turn.era().version(),
                    null));
        }
        try {
            return method.handle(turn).exceptionally(Reply::failed);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            return CompletableFuture.completedFuture(Reply.failed(e));
        }
    }

    private String initialize(Turn turn) {
        JsonObject params = turn.params();
        Params.text(params, "protocolVersion");
        Params.object(params, "clientInfo");
        LegacySession session = sessions.begin(turn.era().version(), Params.object(params, "capabilities"));
        turn.newSession(session.id());
        return info.initialized(turn.era().version());
    }

    private static String setLevel(Turn turn) {
        int rank = LogLevels.rank(Params.text(turn.params(), "level"));
        if (rank < 0) {
            throw Params.bad("level", turn.params().get("level"), "one of " + String.join(", ", LogLevels.ALL));
        }
        LegacySession session = turn.session();
        if (session != null) {
            session.logLevel(rank);
        }
        return "{}";
    }

    private String subscribe(Turn turn) {
        String uri = Params.text(turn.params(), "uri");
        LegacySession session = session(turn);
        if (find(uri) == null) {
            throw notFound(turn.era(), uri);
        }
        if (!session.watch(uri)) {
            throw new ProtocolException(
                    ProtocolException.INVALID_PARAMS,
                    "at most " + LegacySession.MAX_RESOURCES + " resources can be watched in a session");
        }
        return "{}";
    }

    private static String unsubscribe(Turn turn) {
        String uri = Params.text(turn.params(), "uri");
        session(turn).unwatch(uri);
        return "{}";
    }

    private static LegacySession session(Turn turn) {
        LegacySession session = turn.session();
        if (session == null) {
            throw new ProtocolException(
                    ProtocolException.INVALID_REQUEST,
                    "the header " + Inbound.SESSION + " is missing: must be what initialize gave");
        }
        return session;
    }

    private static String list(Turn turn, String field, Listing<?> listing) {
        return turn.era().list(field, listing.page(Params.optionalText(turn.params(), "cursor")));
    }

    private CompletionStage<Reply> callTool(Turn turn) {
        OpenCall call = call(turn, Params.text(turn.params(), "name"));
        if (turn.era() instanceof ModernEra) {
            catalogue
                    .current()
                    .tools()
                    .find(call.name())
                    .map(Tool::definition)
                    .ifPresent(definition -> ParamHeaders.check(
                            definition.json(), call.arguments(), turn.inbound().header()));
        }
        return answer(call, catalogue::call, Keeping.UNSAID);
    }

    private CompletionStage<Reply> readResource(Turn turn) {
        OpenCall call = call(turn, Params.text(turn.params(), "uri"));
        Function<OpenCall, CompletionStage<Answer>> work = find(call.name());
        if (work == null) {
            throw notFound(turn.era(), call.name());
        }
        return answer(call, work, Keeping.NOT);
    }

    private @Nullable Function<OpenCall, CompletionStage<Answer>> find(String uri) {
        Catalogue.Snapshot offered = catalogue.current();
        Optional<Resource> resource = offered.resources().find(uri);
        if (resource.isPresent()) {
            return resource.get()::read;
        }
        for (ResourceTemplate template : offered.templates().items()) {
            if (template.matches(uri)) {
                return template::read;
            }
        }
        return null;
    }

    private static ProtocolException notFound(Era era, String uri) {
        return new ProtocolException(
                era instanceof ModernEra ? ProtocolException.INVALID_PARAMS : LEGACY_NOT_FOUND,
                "there is no such resource",
                JsonText.object().add("uri", uri).build());
    }

    private CompletionStage<Reply> getPrompt(Turn turn) {
        OpenCall call = call(turn, Params.text(turn.params(), "name"));
        return answer(call, prompt(call.name())::get, Keeping.UNSAID);
    }

    private Prompt prompt(String name) {
        return catalogue
                .current()
                .prompts()
                .find(name)
                .orElseThrow(() ->
                        new ProtocolException(ProtocolException.INVALID_PARAMS, "there is no prompt of that name"));
    }

    private static OpenCall call(Turn turn, String name) {
        JsonObject params = turn.params();
        return new OpenCall(
                turn,
                name,
                Params.optionalObject(params, "arguments"),
                InputRequests.responses(params),
                Params.optionalText(params, "requestState"));
    }

    private CompletionStage<Reply> answer(
            OpenCall call, Function<OpenCall, CompletionStage<Answer>> work, Keeping keeping) {
        Turn turn = call.turn();
        CompletionStage<Answer> stage = work.apply(call);
        if (turn.era() instanceof LegacyEra) {
            CompletableFuture<Answer> future = stage.toCompletableFuture();
            boolean simple =
                    future.isDone() && !future.isCompletedExceptionally() && future.join() instanceof Answer.Complete;
            stage = simple ? stage : asking.until(call, stage, work);
        }
        return stage.thenApply(answer -> reply(turn, answer, keeping));
    }

    private static Reply reply(Turn turn, Answer answer, Keeping keeping) {
        if (answer instanceof Answer.Complete complete) {
            return Reply.of(turn.era().result(complete.result(), keeping), complete.errorType());
        }
        Answer.InputRequired required = (Answer.InputRequired) answer;
        InputRequests.check(required.inputRequests(), turn.capabilities());
        return Reply.of(ModernEra.inputRequired(required.inputRequests(), required.requestState()));
    }

    private CompletionStage<Reply> complete(Turn turn) {
        JsonObject ref = Params.object(turn.params(), "ref");
        JsonObject argument = Params.object(turn.params(), "argument");
        String name = Params.text(argument, "name");
        String typed = Params.text(argument, "value");
        JsonObject context = Params.optionalObject(turn.params(), "context");
        JsonObject known = Params.optionalObject(context, "arguments");
        String type = Params.text(ref, "type");
        CompletionStage<List<String>> values = switch (type) {
            case "ref/prompt" -> {
                String prompt = Params.text(ref, "name");
                yield prompt(prompt).complete(name, typed, completing(turn, prompt, known));
            }
            case "ref/resource" -> {
                String uri = Params.text(ref, "uri");
                yield template(uri).complete(name, typed, completing(turn, uri, known));
            }
            default -> throw Params.bad("ref.type", ref.get("type"), "ref/prompt or ref/resource");
        };
        return values.thenApply(found -> Reply.of(turn.era().result(completion(found), Keeping.UNSAID)));
    }

    private static Call completing(Turn turn, String name, JsonObject known) {
        return new OpenCall(turn, name, known, JsonValue.EMPTY_JSON_OBJECT, null);
    }

    private ResourceTemplate template(String uri) {
        return catalogue
                .current()
                .templates()
                .find(uri)
                .orElseThrow(() -> new ProtocolException(
                        ProtocolException.INVALID_PARAMS, "there is no resource template of that URI"));
    }

    private static JsonObject completion(List<String> found) {
        JsonArrayBuilder values = JsonText.array();
        found.stream().limit(MAX_COMPLETIONS).forEach(values::add);
        return JsonText.object()
                .add(
                        "completion",
                        JsonText.object()
                                .add("values", values)
                                .add("total", found.size())
                                .add("hasMore", found.size() > MAX_COMPLETIONS))
                .build();
    }
}
