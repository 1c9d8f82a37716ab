package org.ergograph.notify.delivery.channel;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLSocketFactory;
import org.ergograph.alert.routing.ChannelPolicy;
import org.ergograph.outbound.CheckedSockets;
import org.ergograph.outbound.Credentials;
import org.ergograph.outbound.Deadlines;
import org.ergograph.outbound.OutboundExchanges;
import org.ergograph.outbound.OutboundSettings;
import org.ergograph.outbound.ServerThreads;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;

/** Sends messages to whatever a channel leads to. An attempt ends at its deadline, whatever hangs. Thread-safe. */
@Singleton
public class Receivers {
    /** So many mails may be on their way at once, each on a thread of its own. */
    private static final int MAILS = 16;

    private static final System.Logger LOG = System.getLogger(Receivers.class.getName());

    private final HttpSender http;
    private final MailSender mail;
    private final Credentials credentials;
    private final OutboundSettings outbound;
    private final Executor executor;
    private final Deadlines deadlines;
    private final Semaphore mails = new Semaphore(MAILS);

    @Inject
    Receivers(OutboundExchanges exchanges, Credentials credentials, OutboundSettings outbound) {
        this(
                exchanges,
                credentials,
                outbound,
                ServerThreads.executor(),
                new Deadlines(ServerThreads.scheduler()),
                null);
    }

    /** @param tls for mail servers; null for the platform's */
    public Receivers(
            OutboundExchanges exchanges,
            Credentials credentials,
            OutboundSettings outbound,
            Executor executor,
            Deadlines deadlines,
            @Nullable SSLSocketFactory tls) {
        this.http = new HttpSender(exchanges);
        this.mail = new MailSender(credentials, tls);
        this.credentials = credentials;
        this.outbound = outbound;
        this.executor = executor;
        this.deadlines = deadlines;
    }

    /** Makes one attempt; never fails. Completes on any thread, which must not be kept waiting. */
    public CompletionStage<Delivered> send(Channel channel, Message message) {
        Target target = channel.target();
        if (target instanceof Target.Email email) {
            return mail(email, message);
        }
        if (target instanceof Target.Slack slack) {
            return post(slack.url(), slack.timeout(), Optional.of(""), message, JsonText.bytes(SlackBody.of(message)));
        }
        if (target instanceof Target.Webhook webhook) {
            return webhook(webhook, channel.policy(), message);
        }
        if (target instanceof Target.Alertmanager alertmanager) {
            byte[] body = JsonText.bytes(AlertmanagerBody.posted(message.alerts(), message.at(), message.holds()));
            String url = alertmanager.url().replaceAll("/+$", "") + "/api/v2/alerts";
            return post(url, alertmanager.timeout(), token(alertmanager.credentialRef()), message, body);
        }
        return CompletableFuture.completedFuture(LogWriter.write(message));
    }

    private Optional<String> token(@Nullable String reference) {
        return reference == null ? Optional.of("") : credentials.token(reference);
    }

    private static CompletionStage<Delivered> missing(String what) {
        return CompletableFuture.completedFuture(
                new Delivered.Failed("the channel's " + what + " is missing or no token", null));
    }

    private CompletionStage<Delivered> post(
            String url, Duration timeout, Optional<String> token, Message message, byte[] body) {
        return token.isEmpty()
                ? missing("credential")
                : http.send("POST", url, headers(Map.of(), token.get(), message), body, timeout, message.at());
    }

    private CompletionStage<Delivered> webhook(Target.Webhook webhook, ChannelPolicy channel, Message message) {
        byte[] body = JsonText.bytes(
                webhook.format().equals(Target.Webhook.ALERTMANAGER)
                        ? AlertmanagerBody.webhook(channel, message)
                        : WebhookBody.of(message));
        Optional<String> token = token(webhook.credentialRef());
        if (token.isEmpty()) {
            return missing("credential");
        }
        Map<String, String> headers = headers(webhook.headers(), token.get(), message);
        String reference = webhook.signatureRef();
        if (reference != null) {
            Optional<String> key = credentials.secret(reference);
            if (key.isEmpty()) {
                return missing("signature key");
            }
            headers.put(Signature.HEADER, Signature.of(key.get(), message.at(), body));
        }
        return http.send(webhook.method(), webhook.url(), headers, body, webhook.timeout(), message.at());
    }

    private static Map<String, String> headers(Map<String, String> given, String token, Message message) {
        Map<String, String> headers = new HashMap<>(given);
        headers.put("Content-Type", "application/json");
        headers.put("Idempotency-Key", message.id());
        if (!token.isEmpty()) {
            headers.put("Authorization", "Bearer " + token);
        }
        return headers;
    }

    private CompletionStage<Delivered> mail(Target.Email email, Message message) {
        if (!mails.tryAcquire()) {
            return CompletableFuture.completedFuture(new Delivered.Failed("too many mails are on their way", null));
        }
        CompletableFuture<Delivered> result = new CompletableFuture<>();
        CheckedSockets sockets = new CheckedSockets(outbound.policy());
        try {
            Runnable ended = deadlines.after(email.timeout(), () -> {
                result.complete(new Delivered.Failed("the mail server took too long", null));
                close(sockets);
            });
            executor.execute(() -> {
                try {
                    result.complete(mail.send(email, message, sockets));
                } catch (RuntimeException e) {
                    LOG.log(System.Logger.Level.WARNING, "a mail could not be made", e);
                    result.complete(new Delivered.Failed("the mail could not be made", null));
                } finally {
                    ended.run();
                    mails.release();
                    close(sockets);
                }
            });
        } catch (RejectedExecutionException e) {
            mails.release();
            result.complete(new Delivered.Failed("the server takes no more work", null));
        }
        return result;
    }

    private static void close(CheckedSockets sockets) {
        try {
            sockets.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a connection to a mail server could not be closed", e);
        }
    }

    /** Whether this is one mail address and nothing else. */
    public static boolean isAddress(String text) {
        return MailSender.isAddress(text);
    }
}
