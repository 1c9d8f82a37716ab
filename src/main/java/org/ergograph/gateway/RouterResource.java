package org.ergograph.gateway;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.ergograph.observation.TimeSource;
import org.ergograph.web.JsonText;
import org.ergograph.web.QueryParameters;

/** How calls to the upstream servers went, over REST. */
@Path("/router/metrics")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
public class RouterResource {
    // Fields, because the JAX-RS implementation of Open Liberty insists on a constructor without parameters.
    @Inject
    Gateway gateway;

    @Inject
    Ledger ledger;

    @Inject
    GatewaySettings settings;

    @Inject
    TimeSource time;

    @GET
    public Response metrics(@Context UriInfo uri) {
        QueryParameters query = new QueryParameters(uri.getQueryParameters());
        String server = query.text("server", 64);
        query.check();
        JsonArrayBuilder servers = JsonText.array();
        gateway.links().stream()
                .filter(link -> server == null || server.equals(link.server().name()))
                .forEach(link -> servers.add(RouterJson.server(link)));
        JsonArrayBuilder tools = JsonText.array();
        ledger.entries().stream()
                .filter(entry -> server == null || server.equals(entry.key().server()))
                .forEach(entry -> tools.add(RouterJson.tool(entry)));
        return Response.ok(JsonText.bytes(JsonText.object()
                        .add("at", time.now().toString())
                        .add("window", settings.window().toString())
                        .add("servers", servers)
                        .add("tools", tools)
                        .build()))
                .build();
    }
}
