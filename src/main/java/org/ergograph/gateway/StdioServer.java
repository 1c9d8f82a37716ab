package org.ergograph.gateway;

import java.util.List;
import java.util.Map;

/**
 * An upstream server that is a process of this machine. Immutable.
 *
 * @param name that of the registered server with the transport stdio
 * @param command the program and its arguments, not empty
 * @param environment variables beside those that every process gets
 */
public record StdioServer(String name, List<String> command, Map<String, String> environment) {
    public StdioServer {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
