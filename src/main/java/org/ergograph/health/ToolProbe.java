package org.ergograph.health;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.ergograph.gateway.Gateway;
import org.ergograph.registry.ServerState;
import org.ergograph.tool.Catalogue;
import org.ergograph.tool.ToolDefinition;

/** Checks that there are tools to call: none, or none whose server works, is degraded. */
@Singleton
class ToolProbe implements HealthProbe {
    private static final String BETWEEN = "__";

    private final Catalogue catalogue;
    private final Gateway gateway;

    @Inject
    ToolProbe(Catalogue catalogue, Gateway gateway) {
        this.catalogue = catalogue;
        this.gateway = gateway;
    }

    @Override
    public String name() {
        return "tools";
    }

    @Override
    public Finding check() {
        List<ToolDefinition> tools = catalogue.current().tools().items().stream()
                .map(tool -> tool.definition())
                .toList();
        return judge(tools, gateway.states());
    }

    /** @param states of the upstream servers, by name */
    static Finding judge(List<ToolDefinition> tools, Map<String, ServerState> states) {
        Set<String> down = states.entrySet().stream()
                .filter(entry -> entry.getValue() == ServerState.UNHEALTHY)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        long upstream = tools.stream().filter(ToolProbe::isUpstream).count();
        long enabled = tools.stream()
                .filter(tool -> !isUpstream(tool) || !down.contains(server(tool)))
                .count();
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("total", tools.size());
        metadata.put("own", tools.size() - upstream);
        metadata.put("upstream", upstream);
        metadata.put("enabled", enabled);
        if (tools.isEmpty()) {
            return new Finding(HealthState.DEGRADED, "there is no tool", metadata, "empty");
        }
        if (enabled == 0) {
            return new Finding(
                    HealthState.DEGRADED,
                    "the servers of all " + tools.size() + " tools are down",
                    metadata,
                    "disabled");
        }
        return new Finding(
                HealthState.HEALTHY, enabled + " of " + tools.size() + " tools can be called", metadata, null);
    }

    private static boolean isUpstream(ToolDefinition tool) {
        return tool.category().equals(ToolDefinition.UPSTREAM);
    }

    /** The name of a server holds no two underscores in a row. */
    private static String server(ToolDefinition tool) {
        int end = tool.name().indexOf(BETWEEN);
        return end < 0 ? "" : tool.name().substring(0, end);
    }
}
