package org.ergograph.gateway;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.ergograph.tool.Answer;
import org.ergograph.tool.Call;
import org.ergograph.tool.Prompt;
import org.ergograph.web.JsonText;

/** A prompt of an upstream server. */
final class UpstreamPrompt implements Prompt, Offered {
    private final Link link;
    private final String original;
    private final String name;
    private final JsonObject json;
    private final Router router;
    private final Route route;

    UpstreamPrompt(Link link, JsonObject json, Router router) {
        this.link = link;
        this.original = json.getString("name");
        this.name = Names.offered(link.server().name(), original);
        this.json = JsonText.object(json).add("name", name).build();
        this.router = router;
        this.route = router.route(link, Router.PROMPT);
    }

    @Override
    public Link link() {
        return link;
    }

    @Override
    public String original() {
        return original;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public JsonObject json() {
        return json;
    }

    @Override
    public CompletionStage<Answer> get(Call call) {
        JsonObjectBuilder params = JsonText.object().add("name", original);
        if (!call.arguments().isEmpty()) {
            params.add("arguments", call.arguments());
        }
        return router.call(route, call, params);
    }

    @Override
    public CompletionStage<List<String>> complete(String argument, String typed, Call call) {
        return router.complete(
                link, JsonText.object().add("type", "ref/prompt").add("name", original), argument, typed, call);
    }
}
