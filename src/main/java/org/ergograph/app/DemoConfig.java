package org.ergograph.app;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ergograph.demo.Behaviour;
import org.ergograph.demo.DemoSettings;
import org.ergograph.recorder.ConfigKey;
import org.ergograph.recorder.ConfigValues;

/** The configuration keys of the demonstration. */
final class DemoConfig {
    static final ConfigKey DEMO = new ConfigKey(
            "ergograph.demo",
            "false",
            "true or false",
            "Whether there are sample tools and a little traffic to look at, all of it marked as made up.");

    static final ConfigKey URL = new ConfigKey(
            "ergograph.demo.url",
            "http://localhost:9080",
            "an http or https URL without a slash at its end",
            "Where the traffic of the demonstration reaches this server.");

    static final ConfigKey INTERVAL = new ConfigKey(
            "ergograph.demo.interval",
            "PT0.7S",
            "an ISO-8601 duration from PT0.05S to PT1H",
            "The pause between two calls of the demonstration.");

    static final ConfigKey TOOLS = new ConfigKey(
            "ergograph.demo.tools",
            "search:PT0.04S:PT0.3S:0.01,report:PT0.15S:PT0.6S:0.03,convert:PT0.008S:PT0.05S:0.002,import:PT0.08S:PT0.45S:0.08",
            "a comma-separated list of name:median:p99:failures, two durations up to PT1M and a share from 0 to 1",
            "The sample tools, with the distribution of their latency and the share of calls that fail.");

    private DemoConfig() {}

    static List<ConfigKey> keys() {
        return List.of(DEMO, URL, INTERVAL, TOOLS);
    }

    static DemoSettings read(ConfigValues values) {
        List<Behaviour> tools = new ArrayList<>();
        for (String text : values.list(TOOLS)) {
            try {
                tools.add(Behaviour.parse(text));
            } catch (IllegalArgumentException e) {
                values.fault(TOOLS, text);
            }
        }
        return new DemoSettings(
                values.bool(DEMO),
                url(values),
                values.duration(INTERVAL, Duration.ofMillis(50), Duration.ofHours(1)),
                tools);
    }

    private static String url(ConfigValues values) {
        String text = values.text(URL);
        try {
            URI url = URI.create(text);
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (!http || url.getHost() == null || text.endsWith("/")) {
                values.fault(URL, text);
            }
        } catch (IllegalArgumentException e) {
            values.fault(URL, text);
        }
        return text;
    }
}
