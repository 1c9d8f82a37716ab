package org.ergograph.notify.delivery.channel;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a channel leads to, by its type. Immutable. */
public sealed interface Target {
    /** How long one attempt may take. */
    default Duration timeout() {
        return Duration.ofSeconds(30);
    }

    /** Whether one message may tell of any number of alerts, each for itself: waiting entries then share one. */
    default boolean bulk() {
        return false;
    }

    /** The server's log. */
    record Log() implements Target {
        @Override
        public boolean bulk() {
            return true;
        }
    }

    /**
     * Mail.
     *
     * @param security how the connection is protected
     * @param credentialRef names a secret of the form {@code user:password}; null if the server asks for none
     */
    record Email(
            String host,
            int port,
            Security security,
            String from,
            List<String> to,
            @Nullable String credentialRef,
            Duration timeout)
            implements Target {
        public Email {
            to = List.copyOf(to);
        }
    }

    /** How a connection to a mail server is protected. */
    enum Security {
        /** It begins plainly and must become TLS before anything else is said. */
        STARTTLS,
        /** It is TLS from the start. */
        TLS,
        /** It is not. */
        NONE
    }

    /** An incoming webhook of Slack, whose URL is its secret. */
    record Slack(String url, Duration timeout) implements Target {}

    /**
     * Any receiver of HTTP.
     *
     * @param format {@link #PLAIN} or {@link #ALERTMANAGER}
     * @param credentialRef names a bearer token; null if the receiver asks for none
     * @param signatureRef names the key of the signature; null if messages are not signed
     */
    record Webhook(
            String url,
            String method,
            Map<String, String> headers,
            String format,
            @Nullable String credentialRef,
            @Nullable String signatureRef,
            Duration timeout)
            implements Target {
        /** {@code {alert, context, timestamp}}. */
        public static final String PLAIN = "plain";
        /** What an Alertmanager sends to its webhooks, version 4. */
        public static final String ALERTMANAGER = "alertmanager";

        public Webhook {
            headers = Map.copyOf(headers);
        }
    }

    /**
     * An Alertmanager of Prometheus.
     *
     * @param url without {@code /api/v2/alerts}
     * @param credentialRef names a bearer token; null if it asks for none
     */
    record Alertmanager(String url, @Nullable String credentialRef, Duration timeout) implements Target {
        @Override
        public boolean bulk() {
            return true;
        }
    }
}
