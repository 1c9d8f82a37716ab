package org.ergograph.notify;

import java.util.Objects;
import org.ergograph.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * What came of a wish to change a definition. Immutable.
 *
 * @param row the definition as it is now; of a deleted one, as it was; null unless it was done
 */
record Stored<T extends Definition>(
        Outcome outcome, @Nullable T row) {
    enum Outcome {
        DONE,
        MISSING,
        /** The version meant is not the current one. */
        STALE,
        /** Another has the name. */
        NAME_TAKEN,
        /** What came with the product cannot be deleted. */
        SHIPPED
    }

    static <T extends Definition> Stored<T> done(T row) {
        return new Stored<>(Outcome.DONE, row);
    }

    static <T extends Definition> Stored<T> not(Outcome outcome) {
        return new Stored<>(outcome, null);
    }

    /**
     * The definition.
     *
     * @param what {@code rule} say
     * @throws ProblemException 404, 409 or 412 unless it was done
     */
    T orProblem(String what, String id, String ifMatch, @Nullable String name) {
        return switch (outcome) {
            case DONE -> Objects.requireNonNull(row);
            case MISSING -> throw ProblemException.notFound(what, id);
            case STALE -> throw ProblemException.preconditionFailed(ifMatch);
            case NAME_TAKEN -> throw nameTaken(String.valueOf(name));
            case SHIPPED ->
                throw ProblemException.conflict(
                        "id", id, "a " + what + " that did not come with the product; this one can be disabled");
        };
    }

    static ProblemException nameTaken(String name) {
        return ProblemException.conflict("name", name, "a name that no other has");
    }
}
