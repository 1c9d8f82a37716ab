package org.ergograph.notify;

import org.ergograph.alert.Alert;

/**
 * An alert, or a subject that may become one, with what its next evaluation needs to know. Immutable.
 *
 * @param alert without an id as long as its state is not open
 * @param evaluatedNanos when it was evaluated last, on the monotonic clock
 * @param hand how much of what people said of it is known
 */
record Tracked(Alert alert, long evaluatedNanos, int hand) {
    boolean isBegun() {
        return !alert.id().isEmpty();
    }

    Tracked with(Alert next) {
        return new Tracked(next, evaluatedNanos, hand);
    }
}
