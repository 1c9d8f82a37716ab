package org.ergograph.mcp;

import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Where the answer to a request goes. Thread-safe, but for {@link #leave}. */
interface Outlet {
    /** Whether messages can be sent before the answer. */
    boolean streams();

    /** Whether an answer that is there already can be given before {@link #leave}. */
    boolean immediate();

    /** Says that the answer comes later; on the request's own thread, once. */
    void leave();

    /** Sends a message before the answer; does nothing where that cannot be, or the answer is given. */
    void send(String message);

    /** As {@link #send}, but leaves it out where the client is slow: a later one says the same and more. */
    void offer(String message);

    /**
     * Gives the answer, once. On the request's own thread before {@link #leave}, else on any.
     *
     * @param status of HTTP, if it is not too late for that
     * @param text the whole message
     * @param session name of the session that the answer begins; null if none
     * @param written told how many bytes of messages went out in all
     */
    void answer(int status, String text, @Nullable String session, LongConsumer written);

    /** Says that time has passed: a silent stream may need a sign of life. */
    void tick(long nowNanos);
}
