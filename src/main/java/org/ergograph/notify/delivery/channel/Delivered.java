package org.ergograph.notify.delivery.channel;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of an attempt to send a message. Its texts tell no secrets. */
public sealed interface Delivered {
    /** For people. */
    String detail();

    /** The receiver has it. */
    record Sent(String detail) implements Delivered {}

    /**
     * It may go better later.
     *
     * @param retryAfter what the receiver asked for; null if it asked for nothing
     */
    record Failed(String detail, @Nullable Duration retryAfter) implements Delivered {}

    /** The receiver will not have it, however often it is asked. */
    record Refused(String detail) implements Delivered {}
}
