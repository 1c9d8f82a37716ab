package org.ergograph.gateway;

import jakarta.json.JsonObject;
import java.util.concurrent.CompletionStage;

/** A request that is under way to an upstream server. Thread-safe. */
interface PendingCall {
    /** The {@code result} of the answer; fails with an {@link UpstreamException} and with nothing else. */
    CompletionStage<JsonObject> result();

    /** How long the answer was as it came; -1 while there is none, or where it is not known. */
    default long answerBytes() {
        return -1;
    }

    /** Says that nobody wants the answer any more; the server is told as its revision has it. */
    void cancel();
}
