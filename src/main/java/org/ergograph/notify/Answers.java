package org.ergograph.notify;

import jakarta.json.JsonObject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.regex.Pattern;
import org.ergograph.web.ETags;
import org.ergograph.web.JsonText;
import org.ergograph.web.ProblemException;

/** How the resources of this package read what they all read, and answer. */
final class Answers {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

    private Answers() {}

    /**
     * The id, if it can be one: what is none is not looked for, since databases differ in what text they take.
     *
     * @throws ProblemException 404
     */
    static String given(String what, String id) {
        if (!isId(id)) {
            throw ProblemException.notFound(what, id);
        }
        return id;
    }

    /** Whether the text has the form of an id of ours. */
    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** The version that is meant; any if the header is missing. */
    static String ifMatch(HttpHeaders headers) {
        String header = headers.getHeaderString(HttpHeaders.IF_MATCH);
        return header == null ? "*" : ETags.present(header);
    }

    /** Something of ours, with its version as its ETag. */
    static Response versioned(JsonObject json) {
        return versioned(Response.ok(), json);
    }

    static Response ok(JsonObject json) {
        return Response.ok(JsonText.bytes(json), MediaType.APPLICATION_JSON).build();
    }

    static Response made(URI collection, JsonObject json) {
        String slash = collection.getPath().endsWith("/") ? "" : "/";
        return versioned(Response.created(URI.create(collection + slash + json.getString("id"))), json);
    }

    private static Response versioned(Response.ResponseBuilder response, JsonObject json) {
        return response.header("ETag", ETags.of(json.getJsonNumber("version").longValue()))
                .type(MediaType.APPLICATION_JSON)
                .entity(JsonText.bytes(json))
                .build();
    }
}
