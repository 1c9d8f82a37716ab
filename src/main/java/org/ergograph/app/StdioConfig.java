package org.ergograph.app;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.ergograph.gateway.StdioServer;
import org.ergograph.recorder.ConfigKey;
import org.ergograph.recorder.ConfigValues;
import org.ergograph.registry.RegisteredServer;
import org.ergograph.registry.Transport;

/** The upstream servers that the configuration names: processes of this machine. */
final class StdioConfig {
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.*", Pattern.DOTALL);

    private StdioConfig() {}

    /** How they are started, and how the registry shows them. */
    record Configured(List<StdioServer> processes, List<RegisteredServer> servers) {}

    static Configured read(ConfigValues values) {
        Map<String, StdioServer> processes = new LinkedHashMap<>();
        List<RegisteredServer> servers = new ArrayList<>();
        for (String name : values.list(GatewayConfig.STDIO)) {
            if (!RegisteredServer.isName(name) || processes.containsKey(name)) {
                values.fault(GatewayConfig.STDIO, name);
                continue;
            }
            ConfigKey command = key(name, "command", "", "a program and its arguments, those with blanks in quotes");
            ConfigKey env = key(name, "env", "", "NAME=VALUE pairs, those with blanks in quotes");
            List<String> words = words(values, command);
            if (words.isEmpty()) {
                values.fault(command, "");
                continue;
            }
            Map<String, String> environment = new LinkedHashMap<>();
            for (String pair : words(values, env)) {
                if (VARIABLE.matcher(pair).matches()) {
                    int equals = pair.indexOf('=');
                    environment.put(pair.substring(0, equals), pair.substring(equals + 1));
                } else {
                    values.fault(env, "(not shown)"); // it may be a secret
                }
            }
            Duration timeout = values.duration(
                    key(name, "timeout", "PT30S", "an ISO-8601 duration from PT0.1S to PT10M"),
                    Duration.ofMillis(100),
                    Duration.ofMinutes(10));
            processes.put(name, new StdioServer(name, words, environment));
            servers.add(new RegisteredServer(id(name), name, "", Transport.STDIO, List.of(), null, timeout, 0));
        }
        servers.sort(java.util.Comparator.comparing(RegisteredServer::id));
        return new Configured(List.copyOf(processes.values()), List.copyOf(servers));
    }

    private static ConfigKey key(String name, String part, String otherwise, String allowed) {
        return new ConfigKey(GatewayConfig.STDIO.name() + "." + name + "." + part, otherwise, allowed, "");
    }

    /** Always the same for the name, on every node; sorts before the ids of registered servers, which begin with a time. */
    static String id(String name) {
        String uuid = java.util
                .UUID
                .nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                .toString();
        return "00000000-0000-8000" + uuid.substring(18);
    }

    private static List<String> words(ConfigValues values, ConfigKey key) {
        String text = values.text(key);
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else if (word != null) {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                word = word == null ? new StringBuilder() : word;
            } else if (Character.isWhitespace(c)) {
                if (word != null) {
                    words.add(word.toString());
                }
                word = null;
            } else {
                word = word == null ? new StringBuilder() : word;
                word.append(c);
            }
        }
        if (quote != 0) {
            values.fault(key, "(a quote without its end)");
        }
        if (word != null) {
            words.add(word.toString());
        }
        return words;
    }
}
