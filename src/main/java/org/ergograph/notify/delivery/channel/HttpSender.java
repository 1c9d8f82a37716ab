package org.ergograph.notify.delivery.channel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.ergograph.outbound.ExchangeRequest;
import org.ergograph.outbound.ExchangeResult;
import org.ergograph.outbound.OutboundExchanges;
import org.ergograph.outbound.Receiver;
import org.jspecify.annotations.Nullable;

/** Sends a body over HTTP; holds no thread meanwhile. Thread-safe. */
final class HttpSender {
    private static final int MAX_BYTES = 1000;

    private final OutboundExchanges exchanges;

    HttpSender(OutboundExchanges exchanges) {
        this.exchanges = exchanges;
    }

    /** Never fails. */
    CompletionStage<Delivered> send(
            String method, String url, Map<String, String> headers, byte[] body, Duration timeout, Instant now) {
        Beginning beginning = new Beginning();
        Secrets secrets = Secrets.of(url, headers);
        return exchanges
                .send(new ExchangeRequest(method, url, headers, ByteBuffer.wrap(body), timeout), beginning)
                .result()
                .thenApply(result -> delivered(result, beginning, secrets, now));
    }

    private static Delivered delivered(ExchangeResult result, Beginning beginning, Secrets secrets, Instant now) {
        if (result instanceof ExchangeResult.Refused refused) {
            // Not for good: the operator may allow it, or its name get another address.
            return new Delivered.Failed(
                    "the URL " + refused.refusal().reason() + ": must be "
                            + refused.refusal().allowed(),
                    null);
        }
        if (result instanceof ExchangeResult.Failed failed && beginning.status == 0) {
            return new Delivered.Failed(failed.cause().reason(), null);
        }
        // Once there is a status, the receiver has said what it wants to say, whatever became of the rest.
        return Answers.of(beginning.status, beginning.retryAfter, secrets.hide(beginning.text()), now);
    }

    /** The beginning of an answer. */
    private static final class Beginning implements Receiver {
        private final ByteBuffer bytes = ByteBuffer.allocate(MAX_BYTES);
        private volatile int status;
        private volatile @Nullable String retryAfter;

        @Override
        public void head(int code, Map<String, String> headers) {
            retryAfter = headers.get("retry-after");
            status = code;
        }

        @Override
        public boolean body(ByteBuffer part) {
            int length = Math.min(part.remaining(), bytes.remaining());
            bytes.put(part.duplicate().limit(part.position() + length));
            return bytes.hasRemaining();
        }

        String text() {
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        }
    }
}
