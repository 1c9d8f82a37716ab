package org.ergograph.gateway;

import jakarta.json.JsonObject;
import java.util.concurrent.CompletionStage;
import org.ergograph.tool.Answer;
import org.ergograph.tool.Call;
import org.ergograph.tool.Resource;
import org.ergograph.web.JsonText;

/** A resource of an upstream server, under the URI that it has there. */
final class UpstreamResource implements Resource, Offered {
    private final Link link;
    private final JsonObject json;
    private final Router router;
    private final Route route;

    UpstreamResource(Link link, JsonObject json, Router router) {
        this.link = link;
        this.json = json;
        this.router = router;
        this.route = router.route(link, Router.READ);
    }

    @Override
    public Link link() {
        return link;
    }

    @Override
    public String original() {
        return uri();
    }

    @Override
    public String uri() {
        return json.getString("uri");
    }

    @Override
    public JsonObject json() {
        return json;
    }

    @Override
    public CompletionStage<Answer> read(Call call) {
        return router.call(route, call, JsonText.object().add("uri", uri()));
    }
}
