package org.ergograph.gateway;

import java.util.concurrent.CompletionStage;
import org.ergograph.registry.RegisteredServer;

/** Opens conversations with upstream servers. Thread-safe. */
interface Connector {
    /** Opens one, in the newest revision that the server speaks; fails with an {@link UpstreamException} and with nothing else. */
    CompletionStage<Upstream> open(RegisteredServer server, UpstreamListener listener);
}
