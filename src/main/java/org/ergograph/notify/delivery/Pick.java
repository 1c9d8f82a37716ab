package org.ergograph.notify.delivery;

import java.util.List;

/** What a channel is sent next. Immutable. */
sealed interface Pick {
    /** A message that was tried before. */
    record Again(Open message) implements Pick {}

    /**
     * A message of entries that wait.
     *
     * @param entries their ids, at least one
     */
    record Fresh(String channel, String groupKey, List<String> entries) implements Pick {}
}
