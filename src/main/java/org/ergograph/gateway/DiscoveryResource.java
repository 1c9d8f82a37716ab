package org.ergograph.gateway;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.ergograph.web.Cursor;
import org.ergograph.web.JsonText;
import org.ergograph.web.QueryParameters;
import org.jspecify.annotations.Nullable;

/** What the upstream servers offer, over REST. */
@Path("/discovery")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
public class DiscoveryResource {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;
    private static final int MAX_NAMES = 10_000;

    // Fields, because the JAX-RS implementation of Open Liberty insists on a constructor without parameters.
    @Inject
    Gateway gateway;

    @GET
    @Path("/tools")
    public Response tools(@Context UriInfo uri) {
        return answer(uri, "tools", () -> gateway.offers().tools());
    }

    @GET
    @Path("/resources")
    public Response resources(@Context UriInfo uri) {
        return answer(uri, "resources", () -> {
            Map<String, Offered> all = new TreeMap<>(gateway.offers().templates());
            all.putAll(gateway.offers().resources());
            return all;
        });
    }

    @GET
    @Path("/prompts")
    public Response prompts(@Context UriInfo uri) {
        return answer(uri, "prompts", () -> gateway.offers().prompts());
    }

    private Response answer(UriInfo uri, String list, Supplier<Map<String, ? extends Offered>> offered) {
        return Response.ok(JsonText.bytes(page(
                        new QueryParameters(uri.getQueryParameters()),
                        list,
                        offered.get(),
                        gateway.offers().hidden())))
                .build();
    }

    /** A page in the order of names or URIs; {@code unknown} are those that were asked for and are not there. */
    static JsonObject page(
            QueryParameters query, String list, Map<String, ? extends Offered> offered, List<Offers.Hidden> hidden) {
        Set<String> wanted = names(query.text(list, MAX_NAMES));
        String server = query.text("server", 64);
        int limit = query.limit(DEFAULT_LIMIT, MAX_LIMIT);
        List<String> cursor = query.cursor("discovery-" + list, 1);
        query.check();
        String after = cursor == null ? null : cursor.get(0);
        JsonArrayBuilder items = JsonText.array();
        int count = 0;
        String last = null;
        boolean more = false;
        for (Map.Entry<String, ? extends Offered> entry : new TreeMap<>(offered).entrySet()) {
            Offered item = entry.getValue();
            if ((after == null || entry.getKey().compareTo(after) > 0)
                    && (wanted.isEmpty() || wanted.contains(entry.getKey()))
                    && (server == null || server.equals(item.link().server().name()))) {
                more = count == limit;
                if (more) {
                    break;
                }
                items.add(json(item));
                last = entry.getKey();
                count++;
            }
        }
        JsonObjectBuilder page = JsonText.object(
                JsonText.page(items.build(), more && last != null ? Cursor.encode("discovery-" + list, last) : null));
        JsonArrayBuilder unknown = JsonText.array();
        wanted.stream().filter(name -> !offered.containsKey(name)).forEach(unknown::add);
        JsonArrayBuilder shadowed = JsonText.array();
        hidden.stream()
                .filter(each -> offered.containsKey(each.key()))
                .forEach(each -> shadowed.add(JsonText.object()
                        .add("key", each.key())
                        .add("server", each.server())
                        .add("offeredOf", each.winner())));
        return page.add("unknown", unknown).add("hidden", shadowed).build();
    }

    private static Set<String> names(@Nullable String list) {
        Set<String> names = new LinkedHashSet<>();
        if (list != null) {
            for (String name : list.split(",", -1)) {
                if (!name.isBlank()) {
                    names.add(name.strip());
                }
            }
        }
        return names;
    }

    /** What clients are told of it, and beside that whose it is and how that server does. */
    private static JsonObjectBuilder json(Offered item) {
        LinkHealth.View health = item.link().health().view();
        List<String> gateways = new ArrayList<>(List.of("server", "original", "health", "healthReason"));
        JsonObjectBuilder json = JsonText.object();
        item.json().forEach((name, value) -> {
            if (!gateways.contains(name)) {
                json.add(name, value);
            }
        });
        json.add("server", item.link().server().name())
                .add("original", item.original())
                .add("health", health.state().label());
        return health.reason() == null ? json.addNull("healthReason") : json.add("healthReason", health.reason());
    }
}
