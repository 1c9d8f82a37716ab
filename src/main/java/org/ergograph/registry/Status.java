package org.ergograph.registry;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether an upstream server answered when it was last asked.
 *
 * @param reason why it did not; null if it did
 */
record Status(String word, @Nullable String reason) {
    /** It answered in HTTP, whatever it said. */
    static final String ACTIVE = "active";
    /** It did not answer. */
    static final String UNREACHABLE = "unreachable";

    static final List<String> WORDS = List.of(ACTIVE, UNREACHABLE);

    static Status active() {
        return new Status(ACTIVE, null);
    }

    static Status unreachable(String reason) {
        return new Status(UNREACHABLE, reason);
    }

    static Status of(Optional<String> failure) {
        return failure.map(Status::unreachable).orElseGet(Status::active);
    }
}
