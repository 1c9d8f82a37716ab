package org.ergograph.notify.delivery;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.ergograph.alert.Severity;
import org.ergograph.alert.routing.ChannelPolicy;
import org.ergograph.notify.delivery.channel.Channel;
import org.ergograph.notify.delivery.channel.Target;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;

/** What is kept of a channel, as the channel that it is, and as it is shown. Pure. */
final class ChannelJson {
    /** Stands for the part of a URL, or the value of a header, that may be a secret. */
    static final String HIDDEN = "***";

    private ChannelJson() {}

    /**
     * The URL without what may be a secret: what follows the host of Slack's and a webhook's, the query of others', and a user
     * and password, which no URL may have, of all.
     */
    static String shown(String type, String url) {
        int scheme = url.indexOf("://");
        int host = scheme < 0 ? 0 : scheme + 3;
        int path = host;
        while (path < url.length() && "/?#\\".indexOf(url.charAt(path)) < 0) {
            path++;
        }
        int user = url.lastIndexOf('@', path - 1);
        String server =
                url.substring(0, host) + (user < host ? "" : HIDDEN) + url.substring(Math.max(host, user), path);
        if (type.equals("slack") || type.equals("webhook")) {
            return server + '/' + HIDDEN;
        }
        int query = url.indexOf('?', path);
        return server + (query < 0 ? url.substring(path) : url.substring(path, query + 1) + HIDDEN);
    }

    /** As it goes over the wire. */
    static JsonObject shown(ChannelRow row) {
        JsonObjectBuilder json =
                JsonText.object().add("id", row.id()).add("name", row.name()).add("type", row.type());
        row.settings().forEach((field, value) -> {
            if (field.equals("url") && value instanceof JsonString url) {
                json.add(field, shown(row.type(), url.getString()));
            } else if (field.equals("headers") && value instanceof JsonObject headers) {
                JsonObjectBuilder names = JsonText.object();
                headers.keySet().forEach(name -> names.add(name, HIDDEN));
                json.add(field, names);
            } else {
                json.add(field, value);
            }
        });
        String credential = row.credentialRef();
        if (credential == null) {
            json.addNull("credentialRef");
        } else {
            json.add("credentialRef", credential);
        }
        return json.add("version", row.version())
                .add("createdAt", row.createdAt().toString())
                .add("updatedAt", row.updatedAt().toString())
                .build();
    }

    /** The channel that is always there. */
    static JsonObject log() {
        return JsonText.object()
                .add("id", Channels.LOG)
                .add("name", Channels.LOG)
                .add("type", "log")
                .add("grouped", false)
                .add("repeatInterval", Channels.LOG_POLICY.repeatInterval().toString())
                .add("sendResolved", true)
                .addNull("credentialRef")
                .add("version", 0)
                .addNull("createdAt")
                .addNull("updatedAt")
                .build();
    }

    /** The channel; settings that a newer version has written and this one does not know count for nothing. */
    static Channel channel(String name, String type, @Nullable String credential, JsonObject settings) {
        ChannelPolicy policy = new ChannelPolicy(
                name,
                settings.getBoolean("grouped"),
                texts(settings, "groupBy"),
                duration(settings, "groupWait"),
                duration(settings, "groupInterval"),
                duration(settings, "repeatInterval"),
                duration(settings, "perAlert"),
                settings.getInt("perMinute"),
                settings.getBoolean("sendResolved"),
                Severity.parse(settings.getString("minSeverity")).orElse(Severity.INFO));
        return new Channel(policy, target(type, credential, settings));
    }

    private static Target target(String type, @Nullable String credential, JsonObject settings) {
        return switch (type) {
            case "email" ->
                new Target.Email(
                        settings.getString("host"),
                        settings.getInt("port"),
                        Target.Security.valueOf(settings.getString("security").toUpperCase(Locale.ROOT)),
                        settings.getString("from"),
                        texts(settings, "to"),
                        credential,
                        duration(settings, "timeout"));
            case "slack" -> new Target.Slack(settings.getString("url"), duration(settings, "timeout"));
            case "webhook" ->
                new Target.Webhook(
                        settings.getString("url"),
                        settings.getString("method"),
                        headers(settings),
                        settings.getString("format"),
                        credential,
                        settings.getString("signatureRef", null),
                        duration(settings, "timeout"));
            case "alertmanager" ->
                new Target.Alertmanager(settings.getString("url"), credential, duration(settings, "timeout"));
            default -> new Target.Log();
        };
    }

    private static Duration duration(JsonObject settings, String field) {
        return Duration.parse(settings.getString(field));
    }

    private static List<String> texts(JsonObject settings, String field) {
        return settings.getJsonArray(field).getValuesAs(JsonString::getString);
    }

    private static Map<String, String> headers(JsonObject settings) {
        JsonObject given = settings.getJsonObject("headers");
        Map<String, String> headers = new TreeMap<>();
        given.keySet().forEach(name -> headers.put(name, given.getString(name)));
        return headers;
    }
}
