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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.ergograph.database.transfer.ImportSettings;
import org.ergograph.demo.DemoSettings;
import org.ergograph.gateway.CacheSettings;
import org.ergograph.gateway.CredentialSettings;
import org.ergograph.gateway.GatewaySettings;
import org.ergograph.health.HealthSettings;
import org.ergograph.history.HistorySettings;
import org.ergograph.history.RetentionSettings;
import org.ergograph.history.rollup.RollupSettings;
import org.ergograph.mcp.McpSettings;
import org.ergograph.notify.AlertingSettings;
import org.ergograph.observation.Labels;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.observation.ObservationSettings;
import org.ergograph.observation.TimeSource;
import org.ergograph.outbound.ExchangeSettings;
import org.ergograph.outbound.OutboundSettings;
import org.ergograph.recorder.ConfigKey;
import org.ergograph.recorder.ConfigValues;
import org.ergograph.registry.RegistrySettings;
import org.ergograph.security.SecuritySettings;
import org.ergograph.web.DatabaseCallSettings;

/** The configuration keys of the WAR, read and checked once at start; every fault is told at once. */
@Singleton
public class AppConfig {
    static final ConfigKey NODE = new ConfigKey(
            "ergograph.node",
            "",
            "a name of 1 to 200 characters",
            "Name of this node, unique among those that share a database; empty means the host's name.");

    static final ConfigKey DATABASE_CONCURRENT = new ConfigKey(
            "ergograph.database.concurrent",
            "20",
            "a number from 1 to 1000",
            "How many requests may use the database at once; not more than its pool has connections.");

    static final ConfigKey DATABASE_WAITING = new ConfigKey(
            "ergograph.database.waiting",
            "100",
            "a number from 0 to 100000",
            "How many more requests may wait for their turn at the database; the rest are answered 503.");

    static final ConfigKey DATABASE_DEADLINE = new ConfigKey(
            "ergograph.database.deadline",
            "PT10S",
            "an ISO-8601 duration from PT0.1S to PT5M",
            "How long a request waits for the database before it is answered 503.");

    static final ConfigKey SECURITY_MODE = new ConfigKey(
            "ergograph.security.mode",
            "loopback",
            "loopback or open-any",
            "Who is answered: with `loopback` this machine only, with `open-any` everybody, without a question.");

    static final ConfigKey PROBE_TIMEOUT = new ConfigKey(
            "ergograph.registry.probe-timeout",
            "PT5S",
            "an ISO-8601 duration from PT0.1S to PT1M",
            "How long the probe of a server that is being registered may take.");

    static final ConfigKey REGISTRY_POLL = new ConfigKey(
            "ergograph.registry.poll",
            "PT10S",
            "an ISO-8601 duration from PT0.1S to PT1H",
            "How often the registered servers are read anew, for what other nodes changed.");

    static final ConfigKey STATE_RETENTION = new ConfigKey(
            "ergograph.registry.state-retention",
            "P30D",
            "an ISO-8601 duration from P1D to P3650D",
            "How long it is kept in what state an upstream server was.");

    private final NodeIdentity node;
    private final OutboundSettings outbound;
    private final ExchangeSettings exchanges;
    private final CredentialSettings credentials;
    private final SecuritySettings security;
    private final RegistrySettings registry;
    private final GatewaySettings gateway;
    private final CacheSettings cache;
    private final DatabaseCallSettings databaseCalls;
    private final HistorySettings history;
    private final RollupSettings rollup;
    private final RetentionSettings retention;
    private final ImportSettings imported;
    private final AlertingSettings alerting;
    private final HealthSettings health;
    private final DemoSettings demo;
    private final McpSettings mcp;

    @Inject
    AppConfig(TimeSource time, ObservationSettings observation) {
        ConfigValues values = new ConfigValues(ConfigProvider.getConfig());
        this.node = new NodeIdentity(nodeName(values), BuildVersion.read(), time.nanoTime());
        this.databaseCalls = new DatabaseCallSettings(
                values.integer(DATABASE_CONCURRENT, 1, 1000),
                values.integer(DATABASE_WAITING, 0, 100_000),
                values.duration(DATABASE_DEADLINE, Duration.ofMillis(100), Duration.ofMinutes(5)));
        this.history = HistoryConfig.read(values, observation);
        this.rollup = RollupConfig.read(values);
        this.retention = RetentionConfig.read(values);
        this.imported = ImportConfig.read(values);
        this.outbound = OutboundConfig.read(values);
        this.exchanges = OutboundConfig.exchanges(values);
        this.credentials = CredentialConfig.read(values);
        this.security = new SecuritySettings(
                values.oneOf(SECURITY_MODE, List.of("loopback", "open-any")).equals("open-any"));
        StdioConfig.Configured stdio = StdioConfig.read(values);
        this.registry = new RegistrySettings(
                values.duration(PROBE_TIMEOUT, Duration.ofMillis(100), Duration.ofMinutes(1)),
                values.duration(REGISTRY_POLL, Duration.ofMillis(100), Duration.ofHours(1)),
                values.duration(STATE_RETENTION, Duration.ofDays(1), Duration.ofDays(3650)),
                stdio.servers());
        this.gateway = GatewayConfig.read(values, observation.window(), stdio.processes());
        this.cache = CacheConfig.read(values);
        this.alerting = AlertingConfig.read(values);
        this.health = HealthConfig.read(values, outbound.policy());
        this.demo = DemoConfig.read(values);
        this.mcp = McpConfig.read(values);
        values.check();
    }

    /** The keys, in the order of the README's table. */
    public static List<ConfigKey> keys() {
        List<ConfigKey> keys = new ArrayList<>();
        keys.addAll(List.of(NODE, DATABASE_CONCURRENT, DATABASE_WAITING, DATABASE_DEADLINE));
        keys.addAll(HistoryConfig.keys());
        keys.addAll(RollupConfig.keys());
        keys.addAll(RetentionConfig.keys());
        keys.addAll(ImportConfig.keys());
        keys.addAll(OutboundConfig.keys());
        keys.addAll(CredentialConfig.keys());
        keys.addAll(List.of(SECURITY_MODE, PROBE_TIMEOUT, REGISTRY_POLL, STATE_RETENTION));
        keys.addAll(GatewayConfig.keys());
        keys.addAll(CacheConfig.keys());
        keys.addAll(AlertingConfig.keys());
        keys.addAll(HealthConfig.keys());
        keys.addAll(DemoConfig.keys());
        keys.addAll(McpConfig.keys());
        return List.copyOf(keys);
    }

    /**
     * Settings of the data source, which the server reads and not the application: variables of Open Liberty, system
     * properties of Payara. For the README's table.
     */
    public static List<ConfigKey> serverKeys() {
        return List.of(
                new ConfigKey(
                        "ergograph.db.class",
                        "org.h2.jdbcx.JdbcDataSource",
                        "the class of a javax.sql.DataSource that the server can load",
                        "The database's driver."),
                new ConfigKey(
                        "ergograph.db.url",
                        "jdbc:h2:file:${ergograph.data.dir}/ergograph;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE",
                        "a JDBC URL of H2 or PostgreSQL",
                        "Where the database is."),
                new ConfigKey("ergograph.db.user", "ergograph", "text", "Who we are to the database."),
                new ConfigKey("ergograph.db.password", "ergograph", "text, not empty", "How we prove it."));
    }

    /** Reads the configuration at the start, so that a fault ends the deployment and not the first request. */
    void start(@Observes @Initialized(ApplicationScoped.class) @Priority(1) Object event) {}

    @Produces
    @Singleton
    NodeIdentity node() {
        return node;
    }

    @Produces
    @Singleton
    DatabaseCallSettings databaseCalls() {
        return databaseCalls;
    }

    @Produces
    @Singleton
    HistorySettings history() {
        return history;
    }

    @Produces
    @Singleton
    RollupSettings rollup() {
        return rollup;
    }

    @Produces
    @Singleton
    RetentionSettings retention() {
        return retention;
    }

    @Produces
    @Singleton
    ImportSettings imported() {
        return imported;
    }

    @Produces
    @Singleton
    OutboundSettings outbound() {
        return outbound;
    }

    @Produces
    @Singleton
    ExchangeSettings exchanges() {
        return exchanges;
    }

    @Produces
    @Singleton
    CredentialSettings credentials() {
        return credentials;
    }

    @Produces
    @Singleton
    SecuritySettings security() {
        return security;
    }

    @Produces
    @Singleton
    RegistrySettings registry() {
        return registry;
    }

    @Produces
    @Singleton
    GatewaySettings gateway() {
        return gateway;
    }

    @Produces
    @Singleton
    CacheSettings cache() {
        return cache;
    }

    @Produces
    @Singleton
    AlertingSettings alerting() {
        return alerting;
    }

    @Produces
    @Singleton
    HealthSettings health() {
        return health;
    }

    @Produces
    @Singleton
    McpSettings mcp() {
        return mcp;
    }

    @Produces
    @Singleton
    DemoSettings demo() {
        return demo;
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
