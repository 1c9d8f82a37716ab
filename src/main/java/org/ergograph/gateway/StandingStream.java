package org.ergograph.gateway;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.ergograph.outbound.Deadlines;
import org.ergograph.outbound.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * A stream on which an upstream server says what has changed, opened again whenever it ends, after a pause that grows from a
 * second to a minute. A server that does not offer it is not asked again. Thread-safe.
 */
final class StandingStream {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final int MAX_MESSAGE_BYTES = 1_048_576;

    private final HttpEndpoint endpoint;
    private final Deadlines deadlines;
    private final Function<HttpAnswer, Exchange> opening;
    private final Consumer<JsonObject> messages;
    private Duration pause = FIRST_PAUSE;
    private boolean stopped;
    private @Nullable Exchange current;

    /**
     * @param opening asks for the stream; may fail with an {@link UpstreamException}
     * @param messages takes what comes on it
     */
    StandingStream(
            HttpEndpoint endpoint,
            Deadlines deadlines,
            Function<HttpAnswer, Exchange> opening,
            Consumer<JsonObject> messages) {
        this.endpoint = endpoint;
        this.deadlines = deadlines;
        this.opening = opening;
        this.messages = messages;
    }

    void open() {
        synchronized (this) {
            if (stopped) {
                return;
            }
        }
        Attempt attempt = new Attempt();
        HttpAnswer answer = endpoint.answer(MAX_MESSAGE_BYTES, attempt);
        attempt.answer = answer;
        Exchange exchange;
        try {
            exchange = opening.apply(answer);
        } catch (UpstreamException e) {
            reopen();
            return;
        }
        boolean unwanted;
        synchronized (this) {
            current = exchange;
            unwanted = stopped;
        }
        if (unwanted) {
            exchange.cancel();
        }
    }

    /** Ends it for good. */
    void stop() {
        Exchange last;
        synchronized (this) {
            stopped = true;
            last = current;
        }
        if (last != null) {
            last.cancel();
        }
    }

    private void reopen() {
        Duration wait;
        Exchange last;
        synchronized (this) {
            if (stopped) {
                return;
            }
            last = current;
            current = null;
            wait = pause;
            Duration longer = pause.multipliedBy(2);
            pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
        }
        if (last != null) {
            last.cancel(); // it may have ended for us only, since what came cannot be read
        }
        try {
            deadlines.after(wait, () -> endpoint.executor().execute(this::open));
        } catch (RejectedExecutionException e) {
            stop(); // so does the server
        }
    }

    private final class Attempt implements HttpAnswer.Handler {
        private volatile @Nullable HttpAnswer answer;

        @Override
        public void message(JsonObject message) {
            synchronized (StandingStream.this) {
                pause = FIRST_PAUSE;
            }
            messages.accept(message);
        }

        @Override
        public void ended(@Nullable UpstreamException failure) {
            HttpAnswer mine = answer;
            int status = mine == null ? 0 : mine.status();
            if (status == 400 || status == 404 || status == 405 || status == 406 || status == 501) {
                stop(); // not offered
            } else {
                reopen();
            }
        }
    }
}
