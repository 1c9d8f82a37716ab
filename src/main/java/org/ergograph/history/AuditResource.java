package org.ergograph.history;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.ergograph.web.Csv;
import org.ergograph.web.DatabaseCalls;
import org.ergograph.web.JsonText;
import org.ergograph.web.QueryParameters;
import org.jspecify.annotations.Nullable;

/**
 * The audit log over HTTP: a page at a time as JSON, or everything that the filter takes as CSV or NDJSON, which are sent
 * while they are read and need no more memory than a page.
 */
@Path("/audit")
@Singleton
public class AuditResource {
    private static final String NDJSON = "application/x-ndjson";
    private static final int PAGE = 100;
    private static final int MAX_PAGE = 1000;

    // In fields: Open Liberty's JAX-RS wants a resource's constructor to have nothing but what JAX-RS itself gives.
    @Inject
    JpaAuditLog log;

    @Inject
    DatabaseCalls database;

    /** Rows, newest first. */
    @GET
    @Produces({MediaType.APPLICATION_JSON, "text/csv", NDJSON})
    public CompletionStage<Response> rows(@Context UriInfo uri, @Context HttpHeaders headers) {
        QueryParameters parameters = new QueryParameters(uri.getQueryParameters());
        AuditFilter filter = AuditFilter.read(parameters);
        AuditPosition behind = AuditPosition.read(parameters);
        boolean whole = !parameters.has("limit");
        int limit = parameters.limit(PAGE, MAX_PAGE);
        parameters.check();
        String type = type(headers.getAcceptableMediaTypes());
        if (type.equals(MediaType.APPLICATION_JSON)) {
            return database.answer(() -> page(filter, behind, limit));
        }
        return database.answer(() -> {
            // The first rows are read before anything is sent, so that a database that is gone is still a problem.
            List<AuditEntry> first = log.page(filter, behind, whole ? MAX_PAGE : limit);
            AuditStream stream = new AuditStream(
                    first, whole ? position -> log.page(filter, position, MAX_PAGE) : position -> List.of());
            return type.equals(NDJSON)
                    ? Response.ok(stream.lines(), NDJSON).build()
                    : Response.ok(stream.csv(), Csv.MEDIA_TYPE).build();
        });
    }

    private Response page(AuditFilter filter, @Nullable AuditPosition behind, int limit) {
        List<AuditEntry> entries = log.page(filter, behind, limit + 1);
        boolean more = entries.size() > limit;
        List<AuditEntry> shown = more ? entries.subList(0, limit) : entries;
        JsonArrayBuilder items = JsonText.array();
        shown.forEach(entry -> items.add(entry.json()));
        String next = more ? AuditPosition.behind(shown.get(limit - 1)).cursor() : null;
        return Response.ok(JsonText.bytes(JsonText.page(items.build(), next)), MediaType.APPLICATION_JSON)
                .build();
    }

    /** The first of the acceptable types that there is; they come by falling preference. */
    static String type(List<MediaType> acceptable) {
        for (MediaType wanted : acceptable) {
            for (String offered : List.of(MediaType.APPLICATION_JSON, "text/csv", NDJSON)) {
                if (wanted.isCompatible(MediaType.valueOf(offered))) {
                    return offered;
                }
            }
        }
        return MediaType.APPLICATION_JSON;
    }
}
