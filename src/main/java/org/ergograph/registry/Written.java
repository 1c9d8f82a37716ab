package org.ergograph.registry;

import org.ergograph.web.ProblemException;

/** What became of a change to a server. Immutable. */
sealed interface Written {
    /** It is in the database. */
    record Done(UpstreamServer server) implements Written {}

    /** There is no such server. */
    record Missing() implements Written {}

    /** The server is of another version by now. */
    record Stale() implements Written {}

    /** Another server has the name. */
    record NameTaken(String name) implements Written {}

    /**
     * The server as it was written.
     *
     * @param id the server that was meant
     * @param ifMatch the version that was meant
     * @throws ProblemException 404, 409 or 412 if it was not written
     */
    default UpstreamServer server(String id, String ifMatch) {
        if (this instanceof Done done) {
            return done.server();
        }
        if (this instanceof NameTaken taken) {
            throw nameTaken(taken.name());
        }
        throw this instanceof Stale
                ? ProblemException.preconditionFailed(ifMatch)
                : ProblemException.notFound("server", id);
    }

    /** 409. */
    static ProblemException nameTaken(String name) {
        return ProblemException.conflict("name", name, "a name that no other server has");
    }
}
