package org.ergograph.gateway;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The processes of this machine that are upstream servers, by the names that the operator gave them. Thread-safe. */
final class StdioProcesses {
    private final Map<String, StdioServer> servers;
    private final Executor executor;
    private final Set<StdioProcess> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    StdioProcesses(List<StdioServer> servers, Executor executor) {
        this.servers = servers.stream().collect(Collectors.toMap(StdioServer::name, Function.identity()));
        this.executor = executor;
    }

    /**
     * Starts one.
     *
     * @throws UpstreamException if it is not configured or cannot be run
     */
    StdioProcess start(String name) {
        StdioServer server = servers.get(name);
        if (server == null || closed) {
            throw new UpstreamException(
                    UpstreamException.Reason.REFUSED, "the server's program is not in this gateway's configuration");
        }
        running.removeIf(process -> !process.alive());
        StdioProcess process = StdioProcess.start(server, executor);
        running.add(process);
        if (closed) {
            process.killForcibly();
        }
        return process;
    }

    /** Ends them all. */
    void close() {
        closed = true;
        running.forEach(StdioProcess::killForcibly);
    }
}
