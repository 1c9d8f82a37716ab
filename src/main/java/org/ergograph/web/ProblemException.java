package org.ergograph.web;

import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends a request with a problem. Expected, so it carries no stack trace. */
public final class ProblemException extends RuntimeException {
    private final transient Problem problem;
    private final int retryAfterSeconds;

    public ProblemException(Problem problem) {
        this(problem, 0);
    }

    private ProblemException(Problem problem, int retryAfterSeconds) {
        super(problem.status() + " " + problem.title() + ": " + problem.detail(), null, false, false);
        this.problem = problem;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** 400: one field or parameter is wrong; a null value says that it is missing. */
    public static ProblemException badField(String field, @Nullable String value, String allowed) {
        return badFields(List.of(new Problem.Fault(field, value, allowed)));
    }

    /** 400: these fields or parameters are wrong. */
    public static ProblemException badFields(List<Problem.Fault> faults) {
        return new ProblemException(Problem.faulty(400, "bad-request", "Bad request", faults));
    }

    /** 422: the field is well formed, but a rule of this server refuses it. */
    public static ProblemException unprocessable(String field, @Nullable String value, String allowed) {
        return new ProblemException(
                Problem.faulty(422, "refused", "Refused", List.of(new Problem.Fault(field, value, allowed))));
    }

    /** 400 that no field in particular is to blame for. */
    public static ProblemException badRequest(String detail) {
        return of("bad-request", 400, "Bad request", detail);
    }

    /** 404: there is no such thing, {@code server '42'} say. */
    public static ProblemException notFound(String what, String id) {
        return of("not-found", 404, "Not found", "there is no " + what + " '" + Problem.shown(id) + "'");
    }

    /** 409: the field's value is taken. */
    public static ProblemException conflict(String field, String value, String allowed) {
        return new ProblemException(
                Problem.faulty(409, "conflict", "Conflict", List.of(new Problem.Fault(field, value, allowed))));
    }

    /** 428: the request has to say which version it means. */
    public static ProblemException preconditionRequired() {
        return of(
                "precondition-required",
                428,
                "Precondition required",
                "If-Match is missing: must be the ETag of the version that is meant");
    }

    /** 412: the version that the request means is no longer the current one. */
    public static ProblemException preconditionFailed(String ifMatch) {
        return of(
                "precondition-failed",
                412,
                "Precondition failed",
                "If-Match is '" + Problem.shown(ifMatch) + "', which is not the current version: read it again");
    }

    /** 413: the body is longer than allowed. */
    public static ProblemException tooLarge(long maxBytes) {
        return of("too-large", 413, "Content too large", "the body is longer than " + maxBytes + " bytes");
    }

    /** 415: the body is of another type than the allowed one. */
    public static ProblemException unsupportedMediaType(@Nullable String given, String allowed) {
        return of(
                "unsupported-media-type",
                415,
                "Unsupported media type",
                "Content-Type is " + (given == null ? "missing" : "'" + Problem.shown(given) + "'") + ": must be "
                        + allowed);
    }

    /** 503: something that the answer needs is not to be had for now. */
    public static ProblemException unavailable(String what, String detail, Duration retryAfter) {
        return new ProblemException(new Problem(what, 503, "Service unavailable", detail, List.of()), (int)
                Math.max(1, retryAfter.toSeconds()));
    }

    private static ProblemException of(String type, int status, String title, String detail) {
        return new ProblemException(new Problem(type, status, title, detail, List.of()));
    }

    public Problem problem() {
        return problem;
    }

    /** The problem as a response, with {@code Retry-After} where there is one. */
    public Response response() {
        Response.ResponseBuilder response = problem.response();
        if (retryAfterSeconds > 0) {
            response.header("Retry-After", retryAfterSeconds);
        }
        return response.build();
    }
}
