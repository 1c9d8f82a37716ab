package org.ergograph.registry;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.ergograph.observation.Recorder;
import org.ergograph.observation.TimeSource;
import org.ergograph.web.Continuation;
import org.ergograph.web.DatabaseCalls;
import org.ergograph.web.ETags;
import org.ergograph.web.ProblemException;
import org.jspecify.annotations.Nullable;

/** Changing a server: one whose URL changes is probed again, between two transactions and in neither. */
@Singleton
class Change {
    private final Recorder recorder;
    private final DatabaseCalls database;
    private final ServerRepository servers;
    private final Probe probe;
    private final TimeSource time;

    @Inject
    Change(Recorder recorder, DatabaseCalls database, ServerRepository servers, Probe probe, TimeSource time) {
        this.recorder = recorder;
        this.database = database;
        this.servers = servers;
        this.probe = probe;
        this.time = time;
    }

    /** Fails with a problem: 404, 409, 412, or 422 where the policy forbids the URL. */
    CompletionStage<UpstreamServer> apply(String id, String ifMatch, Draft draft) {
        return database.run(() -> servers.get(id))
                .thenCompose(Continuation.<Optional<UpstreamServer>, UpstreamServer>of(recorder, found -> {
                    UpstreamServer server = found.orElseThrow(() -> ProblemException.notFound("server", id));
                    // Checked again in the transaction that changes it.
                    ETags.require(ifMatch, server.version());
                    return server.url().equals(draft.url())
                            ? store(id, ifMatch, draft, null)
                            : probe.of(draft)
                                    .thenCompose(Continuation.<Status, UpstreamServer>of(
                                            recorder, probed -> store(id, ifMatch, draft, probed)));
                }));
    }

    private CompletionStage<UpstreamServer> store(String id, String ifMatch, Draft draft, @Nullable Status probed) {
        Instant now = Instant.ofEpochSecond(0, time.epochNanos(time.nanoTime()));
        return database.run(() -> servers.update(id, ifMatch, draft, probed, now))
                .thenApply(written -> written.server(id, ifMatch));
    }
}
