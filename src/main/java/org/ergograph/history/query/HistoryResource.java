package org.ergograph.history.query;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.ergograph.observation.TimeSource;
import org.ergograph.web.AnswerFormat;
import org.ergograph.web.DatabaseCalls;
import org.ergograph.web.QueryParameters;

/** The past over HTTP: figures of series over a range, from the rollups, as JSON, CSV or NDJSON. */
@Path("/history")
@Singleton
public class HistoryResource {
    // In fields: Open Liberty's JAX-RS wants a resource's constructor to have nothing but what JAX-RS itself gives.
    @Inject
    History history;

    @Inject
    DatabaseCalls database;

    @Inject
    TimeSource time;

    /** Figures of each group of series, by kind, name and node. */
    @GET
    @Produces({MediaType.APPLICATION_JSON, "text/csv", AnswerFormat.NDJSON_TYPE})
    public CompletionStage<Response> figures(@Context UriInfo uri, @Context HttpHeaders headers) {
        QueryParameters parameters = new QueryParameters(uri.getQueryParameters());
        Instant now = time.now();
        HistoryRequest request = HistoryRequest.read(parameters, now);
        parameters.check();
        AnswerFormat format = AnswerFormat.of(headers.getAcceptableMediaTypes());
        return database.answer(() -> Response.ok(bytes(history.answer(request, now), format), format.mediaType())
                .header("Cache-Control", "no-store")
                .build());
    }

    private static byte[] bytes(HistoryAnswer answer, AnswerFormat format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
        HistoryText text = new HistoryText(answer);
        switch (format) {
            case JSON -> text.json(bytes);
            case CSV -> text.csv(bytes);
            case NDJSON -> text.lines(bytes);
        }
        return bytes.toByteArray();
    }
}
