package org.ergograph.notify.delivery;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.ergograph.alert.AlertLabels;
import org.ergograph.alert.Severity;
import org.ergograph.notify.delivery.channel.Receivers;
import org.ergograph.notify.delivery.channel.Target;
import org.ergograph.outbound.OutboundPolicy;
import org.ergograph.web.JsonBody;
import org.ergograph.web.JsonText;
import org.ergograph.web.ProblemException;
import org.jspecify.annotations.Nullable;

/** Reads what a client says of a channel into the settings that are kept of it. Not thread-safe. */
final class ChannelFields {
    static final List<String> TYPES = List.of("email", "slack", "webhook", "alertmanager", "log");

    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9_.-]{0,63})");
    private static final Pattern CREDENTIAL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,199}");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]{0,1000}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9.:-]{0,252})");
    /** Ours, the connection's, or a secret that has its place elsewhere. */
    private static final Set<String> OWN_HEADERS = Set.of(
            "authorization",
            "proxy-authorization",
            "cookie",
            "host",
            "content-length",
            "content-type",
            "connection",
            "transfer-encoding",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "idempotency-key",
            "x-ergograph-signature");

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int MAX_RECIPIENTS = 50;
    private static final int MAX_HEADERS = 20;
    private static final String NOT_SHOWN = "(not shown)";

    private final JsonBody body;
    private final OutboundPolicy policy;
    private final @Nullable ChannelRow before;
    private final JsonObjectBuilder settings = JsonText.object();
    private OutboundPolicy.@Nullable Refused forbidden;
    private String forbiddenUrl = "";

    private ChannelFields(JsonBody body, OutboundPolicy policy, @Nullable ChannelRow before) {
        this.body = body;
        this.policy = policy;
        this.before = before;
    }

    /**
     * What is kept of a channel. Immutable.
     *
     * @param settings without name, type and credential
     */
    record Read(String name, String type, @Nullable String credentialRef, JsonObject settings) {}

    /**
     * Reads and checks it.
     *
     * @param before as the channel is now: a URL, or a header's value, in the form in which it is shown means the one that it
     *     has; null for a new one
     * @throws ProblemException 400 naming every fault, 422 where the policy forbids the URL
     */
    static Read read(JsonBody body, OutboundPolicy policy, @Nullable ChannelRow before) {
        return new ChannelFields(body, policy, before).read();
    }

    private Read read() {
        String name = body.text("name", 1, 64);
        if (!name.isEmpty() && (!NAME.matcher(name).matches() || name.equals(Channels.LOG))) {
            body.fault(
                    "name",
                    name,
                    "1 to 64 of a-z, 0-9, -, . and _, beginning with a letter or digit, and not log, which is always there");
        }
        String type = body.text("type", 1, 20);
        if (!type.isEmpty() && !TYPES.contains(type)) {
            body.fault("type", type, "one of " + String.join(", ", TYPES));
        }
        String credential = null;
        boolean grouped = !type.equals("alertmanager") && !type.equals("log");
        switch (type) {
            case "email" -> {
                credential = reference("credentialRef");
                email();
            }
            case "slack" -> {
                url("slack");
                timeout();
            }
            case "webhook" -> {
                credential = reference("credentialRef");
                webhook();
            }
            case "alertmanager" -> {
                credential = reference("credentialRef");
                url("alertmanager");
                timeout();
            }
            default -> {}
        }
        policy(grouped);
        JsonObject kept = settings.build();
        length(type, kept);
        body.check();
        OutboundPolicy.Refused refused = forbidden;
        if (refused != null) {
            throw ProblemException.unprocessable(
                    "url", ChannelJson.shown(type, forbiddenUrl) + " (" + refused.reason() + ")", refused.allowed());
        }
        return new Read(name, type, credential, kept);
    }

    /** What has the right form each may be too much together. */
    private void length(String type, JsonObject kept) {
        int length = ChannelRow.text(kept).length();
        if (length > ChannelRow.MAX_SETTINGS) {
            String field = type.equals("webhook") ? "headers" : type.equals("email") ? "to" : "settings";
            body.fault(
                    field,
                    "too long",
                    "so short that all settings of the channel are at most " + ChannelRow.MAX_SETTINGS
                            + " characters of JSON, which are " + length);
        }
    }

    private @Nullable String reference(String field) {
        String reference = body.optionalText(field, 1, 200);
        if (reference != null && !CREDENTIAL.matcher(reference).matches()) {
            // Somebody may have sent the secret itself: it is not repeated.
            body.fault(field, NOT_SHOWN, "the name of a credential: 1 to 200 of A-Z, a-z, 0-9, . / - and _");
        }
        return reference;
    }

    private void timeout() {
        settings.add(
                "timeout",
                body.duration("timeout", Duration.ofSeconds(30), SECOND, Duration.ofSeconds(60))
                        .toString());
    }

    /** The URL, the one that is kept where it comes as it is shown. */
    private String url(String type) {
        String url = body.text("url", 1, OutboundPolicy.MAX_URL_LENGTH);
        ChannelRow known = before;
        if (known != null && known.type().equals(type)) {
            String kept = known.settings().getString("url", "");
            if (url.equals(ChannelJson.shown(type, kept))) {
                url = kept;
            }
        }
        if (!url.isEmpty() && policy.judge(url) instanceof OutboundPolicy.Refused refused) {
            if (refused.malformed()) {
                body.fault("url", ChannelJson.shown(type, url), refused.allowed());
            } else {
                forbidden = refused;
                forbiddenUrl = url;
            }
        } else if (url.contains(ChannelJson.HIDDEN)) {
            body.fault("url", ChannelJson.shown(type, url), "the whole URL");
        }
        settings.add("url", url);
        return url;
    }

    private void webhook() {
        String url = url("webhook");
        timeout();
        settings.add("method", body.oneOf("method", "POST", List.of("POST", "PUT")));
        settings.add(
                "format",
                body.oneOf("format", Target.Webhook.PLAIN, List.of(Target.Webhook.PLAIN, Target.Webhook.ALERTMANAGER)));
        String signature = reference("signatureRef");
        if (signature != null) {
            settings.add("signatureRef", signature);
        }
        JsonObjectBuilder headers = JsonText.object();
        for (Map.Entry<String, String> header :
                body.textMap("headers", MAX_HEADERS, 1000).entrySet()) {
            String name = header.getKey();
            String value = header.getValue();
            if (!HEADER.matcher(name).matches() || OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                body.fault("headers", name, "the name of a header that is neither ours nor holds a secret");
            } else if (value.equals(ChannelJson.HIDDEN)) {
                value = kept(name, url);
            } else if (!HEADER_VALUE.matcher(value).matches()) {
                body.fault("headers." + name, NOT_SHOWN, "text of at most 1000 characters of printable ASCII");
            }
            headers.add(name, value);
        }
        settings.add("headers", headers);
    }

    /** The value that the channel has; none for a URL of another server, which must not come by the secret of this one. */
    private String kept(String header, String url) {
        ChannelRow known = before;
        if (known != null && known.type().equals("webhook")) {
            JsonObject there = known.settings();
            String server = ChannelJson.shown("webhook", there.getString("url"));
            String value = there.getJsonObject("headers").getString(header, null);
            if (value != null && server.equals(ChannelJson.shown("webhook", url))) {
                return value;
            }
        }
        body.fault("headers." + header, ChannelJson.HIDDEN, "the whole value: none is kept for this name and server");
        return "";
    }

    private void email() {
        String host = body.text("host", 1, 253);
        if (!host.isEmpty() && !HOST.matcher(host).matches()) {
            body.fault("host", host, "a host name or an IP address");
        } else if (!host.isEmpty()
                && policy.judge("http://" + (host.contains(":") ? "[" + host + "]" : host) + "/")
                        instanceof OutboundPolicy.Refused refused) {
            forbidden = refused;
            forbiddenUrl = host;
        }
        settings.add("host", host);
        settings.add("port", body.integer("port", 587, 1, 65_535));
        settings.add("security", body.oneOf("security", "starttls", List.of("starttls", "tls", "none")));
        String from = body.text("from", 3, 320);
        if (!from.isEmpty() && !Receivers.isAddress(from)) {
            body.fault("from", from, "a mail address");
        }
        settings.add("from", from);
        List<String> to = body.texts("to", MAX_RECIPIENTS, 320);
        if (to.isEmpty()) {
            body.fault("to", null, "a list of 1 to " + MAX_RECIPIENTS + " mail addresses");
        }
        JsonArrayBuilder recipients = JsonText.array();
        for (String each : to) {
            if (!Receivers.isAddress(each)) {
                body.fault("to", each, "a mail address");
            }
            recipients.add(each);
        }
        settings.add("to", recipients);
        timeout();
    }

    private void policy(boolean usuallyGrouped) {
        JsonArrayBuilder groupBy = JsonText.array();
        List<String> labels = body.has("groupBy") ? body.texts("groupBy", 10, 64) : List.of(AlertLabels.NAME);
        labels.forEach(groupBy::add);
        settings.add("grouped", body.bool("grouped", usuallyGrouped))
                .add("groupBy", groupBy)
                .add("groupWait", duration("groupWait", Duration.ofSeconds(30), Duration.ofHours(1)))
                .add("groupInterval", duration("groupInterval", Duration.ofMinutes(5), DAY))
                .add(
                        "repeatInterval",
                        body.duration("repeatInterval", Duration.ofHours(4), Duration.ofMinutes(1), Duration.ofDays(30))
                                .toString())
                .add("perAlert", duration("perAlert", Duration.ofMinutes(5), DAY))
                .add("perMinute", body.integer("perMinute", 60, 1, 6000))
                .add("sendResolved", body.bool("sendResolved", true))
                .add("minSeverity", body.oneOf("minSeverity", Severity.INFO.word(), Severity.WORDS));
    }

    private String duration(String field, Duration otherwise, Duration max) {
        return body.duration(field, otherwise, Duration.ZERO, max).toString();
    }
}
