package org.ergograph.app;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.ergograph.observation.Labels;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.observation.TimeSource;
import org.ergograph.recorder.ConfigKey;
import org.ergograph.recorder.ConfigValues;

/** The configuration keys of the WAR, read and checked once at start; every fault is told at once. */
@Singleton
public class AppConfig {
    static final ConfigKey NODE = new ConfigKey(
            "ergograph.node",
            "",
            "a name of 1 to 200 characters",
            "Name of this node, unique among those that share a database; empty means the host's name.");

    private final NodeIdentity node;

    @Inject
    AppConfig(TimeSource time) {
        ConfigValues values = new ConfigValues(ConfigProvider.getConfig());
        this.node = new NodeIdentity(nodeName(values), BuildVersion.read(), time.nanoTime());
        values.check();
    }

    /** The keys, in the order of the README's table. */
    public static List<ConfigKey> keys() {
        return List.of(NODE);
    }

    /** Reads the configuration at the start, so that a fault ends the deployment and not the first request. */
    void start(@Observes @Initialized(ApplicationScoped.class) @Priority(1) Object event) {}

    @Produces
    @Singleton
    NodeIdentity node() {
        return node;
    }

    private static String nodeName(ConfigValues values) {
        String name = values.text(NODE);
        if (name.length() > Labels.MAX_LENGTH) {
            values.fault(NODE, name.substring(0, Labels.MAX_LENGTH) + "...");
        }
        return Labels.sanitize(name.isEmpty() ? hostName() : name);
    }

    private static String hostName() {
        String name = System.getenv("HOSTNAME");
        if (name != null && !name.isBlank()) {
            return name.strip();
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost"; // a host whose own name has no address is still one host
        }
    }
}
