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
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.ergograph.history.names.Dictionary;
import org.ergograph.web.AnswerFormat;
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
    private static final int PAGE = 100;
    private static final int MAX_PAGE = 1000;

    // In fields: Open Liberty's JAX-RS wants a resource's constructor to have nothing but what JAX-RS itself gives.
    @Inject
    JpaAuditLog log;

    @Inject
    Dictionary dictionary;

    @Inject
    DatabaseCalls database;

    /** Rows, newest first. */
    @GET
    @Produces({MediaType.APPLICATION_JSON, "text/csv", AnswerFormat.NDJSON_TYPE})
    public CompletionStage<Response> rows(@Context UriInfo uri, @Context HttpHeaders headers) {
        QueryParameters parameters = new QueryParameters(uri.getQueryParameters());
        AuditFilter filter = AuditFilter.read(parameters);
        AuditPosition behind = AuditPosition.read(parameters);
        boolean whole = !parameters.has("limit");
        int limit = parameters.limit(PAGE, MAX_PAGE);
        parameters.check();
        AnswerFormat format = AnswerFormat.of(headers.getAcceptableMediaTypes());
        return database.answer(() -> {
            Optional<AuditConditions> conditions = AuditConditions.of(filter, dictionary);
            Integer node = conditions.map(AuditConditions::node).orElse(null);
            AuditOmissions omissions = log.omissions(filter.from(), filter.to(), node);
            if (format == AnswerFormat.JSON) {
                return page(page(conditions, behind, limit + 1), limit, omissions);
            }
            // The first rows are read before anything is sent, so that a database that is gone is still a problem.
            List<AuditEntry> first = page(conditions, behind, whole ? MAX_PAGE : limit);
            AuditStream stream = new AuditStream(
                    first, whole ? position -> page(conditions, position, MAX_PAGE) : position -> List.of());
            StreamingOutput rows = format == AnswerFormat.CSV ? stream.csv() : stream.lines();
            Response.ResponseBuilder response = Response.ok(rows, format.mediaType());
            omissions.headers().forEach(response::header);
            return response.build();
        });
    }

    private List<AuditEntry> page(Optional<AuditConditions> conditions, @Nullable AuditPosition behind, int limit) {
        return conditions.map(each -> log.page(each, behind, limit)).orElse(List.of());
    }

    /** @param entries one more than the limit, if there are more */
    private static Response page(List<AuditEntry> entries, int limit, AuditOmissions omissions) {
        boolean more = entries.size() > limit;
        List<AuditEntry> shown = more ? entries.subList(0, limit) : entries;
        JsonArrayBuilder items = JsonText.array();
        shown.forEach(entry -> items.add(entry.json()));
        String next = more ? AuditPosition.behind(shown.get(limit - 1)).cursor() : null;
        return Response.ok(
                        JsonText.bytes(omissions.told(JsonText.page(items.build(), next))), MediaType.APPLICATION_JSON)
                .build();
    }
}
