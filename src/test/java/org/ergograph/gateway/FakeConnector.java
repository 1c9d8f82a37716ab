package org.ergograph.gateway;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.ergograph.registry.RegisteredServer;

/** Opens what the test gives it. Thread-safe. */
final class FakeConnector implements Connector {
    private volatile Supplier<CompletionStage<Upstream>> next;
    final List<UpstreamListener> listeners = new CopyOnWriteArrayList<>();
    final List<RegisteredServer> opened = new CopyOnWriteArrayList<>();

    FakeConnector(Upstream upstream) {
        gives(upstream);
    }

    void gives(Upstream upstream) {
        next = () -> CompletableFuture.completedFuture(upstream);
    }

    void gives(CompletionStage<Upstream> stage) {
        next = () -> stage;
    }

    void refuses(UpstreamException.Reason reason) {
        next = () -> CompletableFuture.failedFuture(new UpstreamException(reason, "no connection"));
    }

    /** The listener of the conversation that was opened last. */
    UpstreamListener listener() {
        return listeners.get(listeners.size() - 1);
    }

    @Override
    public CompletionStage<Upstream> open(RegisteredServer server, UpstreamListener listener) {
        opened.add(server);
        listeners.add(listener);
        return next.get();
    }
}
