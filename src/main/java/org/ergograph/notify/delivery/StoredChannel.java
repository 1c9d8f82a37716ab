package org.ergograph.notify.delivery;

import java.util.Objects;
import org.ergograph.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * What came of a wish to change a channel. Immutable.
 *
 * @param row the channel as it is now; of a deleted one, as it was; null unless it was done
 */
record StoredChannel(Outcome outcome, @Nullable ChannelRow row) {
    enum Outcome {
        DONE,
        MISSING,
        /** The version meant is not the current one. */
        STALE,
        /** Another has the name. */
        NAME_TAKEN
    }

    static StoredChannel done(ChannelRow row) {
        return new StoredChannel(Outcome.DONE, row);
    }

    static StoredChannel not(Outcome outcome) {
        return new StoredChannel(outcome, null);
    }

    /**
     * The channel.
     *
     * @throws ProblemException 404, 409 or 412 unless it was done
     */
    ChannelRow orProblem(String id, String ifMatch, String name) {
        return switch (outcome) {
            case DONE -> Objects.requireNonNull(row);
            case MISSING -> throw missing(id);
            case STALE -> throw ProblemException.preconditionFailed(ifMatch);
            case NAME_TAKEN -> throw nameTaken(name);
        };
    }

    static ProblemException missing(String id) {
        return ProblemException.notFound("channel", id);
    }

    static ProblemException nameTaken(String name) {
        return ProblemException.conflict("name", name, "a name that no other channel has");
    }
}
