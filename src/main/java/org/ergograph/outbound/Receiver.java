package org.ergograph.outbound;

import java.nio.ByteBuffer;
import java.util.Map;

/** Takes an answer as it comes. Called on threads that must not be kept waiting, never on two at once. */
public interface Receiver {
    /**
     * The answer begins.
     *
     * @param headers by name in lower case; of one that came twice the last
     */
    void head(int status, Map<String, String> headers);

    /**
     * The next part of the body.
     *
     * @param bytes valid during this call only
     * @return whether more is wanted; if not, the connection is closed
     */
    boolean body(ByteBuffer bytes);
}
