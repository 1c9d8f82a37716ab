package org.ergograph.notify.delivery;

import java.time.Instant;
import java.util.Optional;

/** Where entries wait, and what becomes of them is written down. Thread-safe. */
interface Queue {
    /**
     * Writes down that a message is being sent, before it is.
     *
     * @param until when its sender is to be given up
     * @return empty if it may not be sent: somebody else sends it, or it is gone
     */
    Optional<Begun> begin(Pick pick, Instant now, Instant until);

    /** Writes down how the attempt ended. */
    void end(Begun begun, Ended ended);
}
