package org.ergograph.web;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns what a request ended with into a response that tells nothing of the inside. */
final class Failures {
    /** The type of the problem that says that the database does not answer. */
    static final String DATABASE = "database";

    private static final System.Logger LOG = System.getLogger(Failures.class.getName());
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final int MAX_CAUSES = 16;
    private static final List<String> KEPT =
            List.of(HttpHeaders.ALLOW, HttpHeaders.WWW_AUTHENTICATE, HttpHeaders.RETRY_AFTER, "Accept", "Accept-Patch");

    private Failures() {}

    /** The response to a request that ended so. Logs what is a fault of this program. */
    static Response response(Throwable failure) {
        ProblemException problem = cause(failure, ProblemException.class);
        if (problem != null) {
            return problem.response();
        }
        WebApplicationException web = cause(failure, WebApplicationException.class);
        if (web != null) {
            return response(web);
        }
        if (SqlFailures.isDatabaseOut(failure)) {
            return database("the database does not answer").response();
        }
        LOG.log(System.Logger.Level.ERROR, "a request failed", failure);
        return Problem.of(500, "Internal Server Error", "the server failed to answer; its log says why")
                .response()
                .build();
    }

    /** 503 because of the database. */
    static ProblemException database(String detail) {
        return ProblemException.unavailable(DATABASE, detail, RETRY_AFTER);
    }

    /** 503 because a statement took longer than it may: the database is there, but was asked for too much. */
    static ProblemException statement(Duration limit) {
        return ProblemException.unavailable(
                "query-timeout",
                "the database was given up after " + limit + ": ask for a shorter range, or by another filter",
                RETRY_AFTER);
    }

    private static Response response(WebApplicationException failure) {
        Response given = failure.getResponse();
        int status = given.getStatus();
        boolean own =
                given.getMediaType() != null && given.getMediaType().toString().startsWith(Problem.MEDIA_TYPE);
        if (status < 400 || own) {
            return given;
        }
        if (status >= 500) {
            LOG.log(System.Logger.Level.ERROR, "a request failed", failure);
        }
        // The container's messages name classes and repeat what was sent.
        Response.StatusType phrase = given.getStatusInfo();
        Response.ResponseBuilder response =
                Problem.of(status, phrase.getReasonPhrase(), detail(status)).response();
        for (String header : KEPT) {
            List<Object> values = given.getHeaders().get(header);
            if (values != null) {
                values.forEach(value -> response.header(header, value));
            }
        }
        return response.build();
    }

    private static String detail(int status) {
        return switch (status) {
            case 404 -> "there is nothing at this path";
            case 405 -> "this path does not take this method; the header Allow lists those that it takes";
            case 406 -> "there is no answer of a type that the header Accept takes";
            case 415 -> "the body is of a type that this path does not take";
            default -> status < 500 ? "the request is not well formed" : "the server failed to answer";
        };
    }

    /** The failure itself or the first of its causes of this type; null if there is none. */
    static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
            cause = cause.getCause();
        }
        return null;
    }
}
