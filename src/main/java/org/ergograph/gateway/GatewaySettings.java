package org.ergograph.gateway;

import java.time.Duration;
import java.util.List;

/**
 * How upstream servers are used. Immutable.
 *
 * @param discovery how often their lists are read anew
 * @param keep how long what a server offered stays on offer while it does not answer
 * @param maxItems how many tools, resources, templates and prompts of one server are offered, of each
 * @param concurrent how many calls may be under way to one server
 * @param maxResultBytes how long the answer to a call may be
 * @param breakerFailures after how many timeouts and transport failures calls to a server are refused
 * @param breakerCalls among how many calls these are counted; not below the failures
 * @param breakerDelay how long they are refused before one is tried
 * @param healthyCheck the pause between checks of a healthy server
 * @param degradedCheck the same of a degraded one
 * @param unhealthyCheck the same of an unhealthy one, at most
 * @param window how far back the figures of calls reach
 * @param stdio the servers that run as processes of this machine
 */
public record GatewaySettings(
        Duration discovery,
        Duration keep,
        int maxItems,
        int concurrent,
        int maxResultBytes,
        int breakerFailures,
        int breakerCalls,
        Duration breakerDelay,
        Duration healthyCheck,
        Duration degradedCheck,
        Duration unhealthyCheck,
        Duration window,
        List<StdioServer> stdio) {
    public GatewaySettings {
        stdio = List.copyOf(stdio);
    }
}
