package org.ergograph.gateway;

import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ergograph.outbound.ExchangeResult;
import org.ergograph.outbound.OutboundResult;
import org.ergograph.outbound.Receiver;
import org.jspecify.annotations.Nullable;

/** The answer of an upstream server to one HTTP request, as messages. */
final class HttpAnswer implements Receiver {
    /** Takes the messages. Called in order, on threads that may wait. */
    interface Handler {
        /** One message, as soon as it is there. */
        void message(JsonObject message);

        /**
         * The answer is over; called once.
         *
         * @param failure null if all is well as far as HTTP can tell
         */
        void ended(@Nullable UpstreamException failure);
    }

    private enum Form {
        MESSAGE,
        EVENTS,
        NONE,
        UNKNOWN
    }

    private static final int MAX_ERROR_BYTES = 65_536;
    /** How many messages of one stream may wait to be read. */
    static final int MAX_WAITING = 1000;

    private final int maxBytes;
    private final Mailbox mailbox;
    private final Handler handler;
    private final EventStream events;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(1024);
    private int skipped;
    private boolean over;
    private volatile boolean overfull;
    private volatile boolean unreadable;
    private volatile int status;
    private volatile Map<String, String> headers = Map.of();
    private volatile Form form = Form.NONE;
    private volatile long messageBytes = -1;

    /** @param maxBytes how long a message may be */
    HttpAnswer(int maxBytes, Mailbox mailbox, Handler handler) {
        this.maxBytes = maxBytes;
        this.mailbox = mailbox;
        this.handler = handler;
        this.events = new EventStream(maxBytes, bytes -> overfull |= !mailbox.offer(() -> read(bytes)));
    }

    /** The status of HTTP; 0 if there was no answer. */
    int status() {
        return status;
    }

    /** A header of the answer; null if it has none of this name. */
    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    /** How long the text of the latest message was, those of one batch together; -1 if there was none. */
    long messageBytes() {
        return messageBytes;
    }

    /** The id of the latest event; null if none had one. */
    @Nullable
    String lastEventId() {
        return events.lastId();
    }

    /** The failure that it is if it ended well but without what was asked for. */
    UpstreamException incomplete() {
        return form == Form.EVENTS
                ? new UpstreamException(UpstreamException.Reason.TRANSPORT, "the stream ended before the answer")
                : Results.protocol("the answer ended without a result");
    }

    private boolean good() {
        return status >= 200 && status < 300;
    }

    @Override
    public void head(int code, Map<String, String> fields) {
        headers = fields;
        status = code;
        String type = fields.getOrDefault("content-type", "").toLowerCase(Locale.ROOT);
        if (type.startsWith("text/event-stream")) {
            form = Form.EVENTS;
        } else if (type.startsWith("application/json")) {
            form = Form.MESSAGE;
        } else {
            form = code == 202 || code == 204 ? Form.NONE : Form.UNKNOWN;
        }
    }

    @Override
    public boolean body(ByteBuffer bytes) {
        if (form == Form.EVENTS && good()) {
            return events.read(bytes) && !overfull && !unreadable;
        }
        if (form != Form.MESSAGE) {
            skipped += bytes.remaining(); // a little of it, so that the connection can be kept
            return skipped <= MAX_ERROR_BYTES;
        }
        int most = good() ? maxBytes : Math.min(maxBytes, MAX_ERROR_BYTES);
        if (body.size() + bytes.remaining() > most) {
            return false;
        }
        byte[] part = new byte[bytes.remaining()];
        bytes.get(part);
        body.writeBytes(part);
        return true;
    }

    private void read(byte[] bytes) {
        messageBytes = bytes.length;
        List<JsonObject> messages;
        try {
            messages = Messages.parse(bytes);
        } catch (UpstreamException e) {
            unreadable = true;
            end(e);
            return;
        }
        messages.forEach(handler::message);
    }

    private void end(@Nullable UpstreamException failure) {
        if (!over) {
            over = true;
            handler.ended(failure);
        }
    }

    /** Nothing more will come. */
    void ended(ExchangeResult result) {
        mailbox.post(() -> {
            if (result instanceof ExchangeResult.Refused refused) {
                end(refused(refused.refusal().reason()));
            } else if (result instanceof ExchangeResult.Failed failed) {
                end(failed(failed.cause()));
            } else if (!good()) {
                end(byStatus());
            } else if (form == Form.UNKNOWN) {
                end(new UpstreamException(
                        UpstreamException.Reason.PROTOCOL, "the answer is neither JSON nor a stream of events"));
            } else if (!((ExchangeResult.Answered) result).whole()) {
                end(new UpstreamException(
                        UpstreamException.Reason.TOO_LARGE,
                        overfull
                                ? "more messages came at once than can be read"
                                : "the answer is longer than " + maxBytes + " bytes"));
            } else {
                if (form == Form.MESSAGE) {
                    read(body.toByteArray());
                }
                end(null);
            }
        });
    }

    private static UpstreamException refused(String reason) {
        return new UpstreamException(UpstreamException.Reason.REFUSED, "the address is not allowed: it " + reason);
    }

    private static UpstreamException failed(OutboundResult.Cause cause) {
        UpstreamException.Reason reason = switch (cause) {
            case TIMEOUT -> UpstreamException.Reason.TIMEOUT;
            case CANCELLED -> UpstreamException.Reason.CANCELLED;
            case PROTOCOL -> UpstreamException.Reason.PROTOCOL;
            default -> UpstreamException.Reason.TRANSPORT;
        };
        return new UpstreamException(reason, cause.reason());
    }

    private UpstreamException byStatus() {
        int code = status;
        String text = "the server answered with HTTP status " + code;
        if (code == 508) {
            return new UpstreamException(
                    UpstreamException.Reason.REFUSED, text + ": it is this gateway itself, or leads back to it");
        }
        if (code < 400 || code == 401 || code == 403 || code == 407 || code == 429) {
            return new UpstreamException(UpstreamException.Reason.REFUSED, text);
        }
        if (code >= 502 && code <= 504) {
            return new UpstreamException(UpstreamException.Reason.TRANSPORT, text);
        }
        JsonObject error = error();
        return error == null ? new UpstreamException(UpstreamException.Reason.PROTOCOL, text) : Results.failure(error);
    }

    /** The error of JSON-RPC that the body holds; null if it holds none. */
    private @Nullable JsonObject error() {
        if (form != Form.MESSAGE) {
            return null;
        }
        try {
            List<JsonObject> messages = Messages.parse(body.toByteArray());
            return messages.size() == 1 && messages.get(0).get("error") instanceof JsonObject error ? error : null;
        } catch (UpstreamException e) {
            return null; // the status says enough
        }
    }
}
