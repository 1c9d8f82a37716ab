package org.ergograph.notify.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a node's journal holds at one moment. Immutable.
 *
 * @param entries in the order in which they came
 * @param messageOf the message of each entry that has one, by their ids
 */
record Spilled(List<Entry> entries, Map<String, String> messageOf, List<Said> messages) {
    /**
     * A message that was begun.
     *
     * @param state see {@link Ended}
     * @param settledAt null if it is neither sent nor given up
     */
    record Said(Open message, String state, @Nullable Instant settledAt, List<Attempt> attempts) {}
}
