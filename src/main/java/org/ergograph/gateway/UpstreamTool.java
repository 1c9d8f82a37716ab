package org.ergograph.gateway;

import jakarta.json.JsonObject;
import java.util.concurrent.CompletionStage;
import org.ergograph.tool.Answer;
import org.ergograph.tool.Call;
import org.ergograph.tool.Tool;
import org.ergograph.tool.ToolDefinition;
import org.ergograph.web.JsonText;

/** A tool of an upstream server. */
final class UpstreamTool implements Tool, Offered {
    private final Link link;
    private final String original;
    private final ToolDefinition definition;
    private final Router router;
    private final Route route;

    UpstreamTool(Link link, JsonObject json, Router router) {
        this.link = link;
        this.original = json.getString("name");
        String name = Names.offered(link.server().name(), original);
        this.definition = new ToolDefinition(
                name,
                ToolDefinition.UPSTREAM,
                JsonText.object(json).add("name", name).build(),
                false);
        this.router = router;
        this.route = router.tool(link, json, name);
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
    public JsonObject json() {
        return definition.json();
    }

    @Override
    public ToolDefinition definition() {
        return definition;
    }

    @Override
    public CompletionStage<Answer> call(Call call) {
        return router.call(route, call, JsonText.object().add("name", original).add("arguments", call.arguments()));
    }
}
