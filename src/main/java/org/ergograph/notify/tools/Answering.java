package org.ergograph.notify.tools;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.ergograph.observation.TimeSource;
import org.ergograph.tool.Answer;
import org.ergograph.web.ProblemException;

/** How the tools of this package answer: figures, a short text, and what was wrong with the wish as an error of the tool. */
final class Answering {
    /** What a tool found, twice. */
    record Found(JsonObject content, String text) {}

    private Answering() {}

    /** @param beganNanos when the call began, on the monotonic clock */
    static CompletionStage<Answer> answer(CompletionStage<Found> found, TimeSource time, long beganNanos) {
        return found.handle((is, failure) -> failure == null
                ? Answer.structured(is.content(), is.text(), Duration.ofNanos(time.nanoTime() - beganNanos))
                : failed(failure));
    }

    /** What was wrong, as an answer. */
    static Answer failed(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof ProblemException refused) {
            int status = refused.problem().status();
            return Answer.toolError(refused.problem().detail(), status >= 500 ? "unavailable" : "refused");
        }
        if (cause instanceof CancellationException) {
            return Answer.toolError("the call was cancelled", "cancelled");
        }
        throw new CompletionException(cause);
    }
}
