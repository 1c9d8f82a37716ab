package org.ergograph.gateway;

import jakarta.json.JsonValue;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Recorder;
import org.ergograph.observation.Timing;
import org.ergograph.registry.ServerState;
import org.jspecify.annotations.Nullable;

/**
 * Asks upstream servers whether they are there, and what they offer; each time an internal observation of kind
 * {@code external}. A check may take as long as a call, so that a slow server is not taken for a dead one. Thread-safe.
 */
final class Checks {
    /** In the place of the tool's name, for a check. */
    static final String CHECK = "(check)";
    /** In the place of the tool's name, for a reading of the lists. */
    static final String DISCOVERY = "(discovery)";

    private static final String STATELESS = "2026-07-28";

    private final Recorder recorder;
    private final GatewaySettings settings;

    Checks(Recorder recorder, GatewaySettings settings) {
        this.recorder = recorder;
        this.settings = settings;
    }

    /**
     * Checks the server. Where it was found unhealthy and does not answer in the conversation that there is, a new one is begun:
     * it may have been replaced by another. Not before, since calls may have found it alive and be under way in it.
     *
     * @param then takes why it failed; null if it did not
     */
    void check(Link link, BiConsumer<Link, @Nullable String> then) {
        boolean unhealthy = link.health().state() == ServerState.UNHEALTHY;
        timed(link, CHECK, traceparent -> {
                    CompletionStage<Upstream> answered =
                            link.conversation().get().thenCompose(upstream -> ping(link, upstream, traceparent));
                    return unhealthy
                            ? answered.exceptionallyCompose(
                                    e -> link.conversation().reopen())
                            : answered;
                })
                .whenComplete((done, e) -> then.accept(link, e == null ? null : reason(UpstreamFailures.of(e))));
    }

    private CompletionStage<Upstream> ping(Link link, Upstream upstream, String traceparent) {
        String method = upstream.protocolVersion().compareTo(STATELESS) >= 0 ? "server/discover" : "ping";
        return upstream.request(new UpstreamRequest(
                        method,
                        JsonValue.EMPTY_JSON_OBJECT,
                        link.server().timeout(),
                        Lists.MAX_PAGE_BYTES,
                        traceparent,
                        null))
                .result()
                .exceptionally(e -> {
                    UpstreamException failure = UpstreamFailures.of(e);
                    if (failure.error() == null) {
                        throw failure;
                    }
                    return JsonValue.EMPTY_JSON_OBJECT; // it does not know the method, but it is there
                })
                .thenApply(answer -> upstream);
    }

    /** Reads the lists of the server. */
    CompletionStage<Discovered> discover(Link link) {
        return timed(
                link,
                DISCOVERY,
                traceparent -> link.conversation()
                        .get()
                        .thenCompose(upstream ->
                                new Lists(upstream, link.server().timeout(), settings.maxItems(), traceparent).read()));
    }

    private interface Question<T> {
        CompletionStage<T> ask(String traceparent);
    }

    private <T> CompletionStage<T> timed(Link link, String name, Question<T> question) {
        if (!recorder.enabled()) {
            return question.ask("");
        }
        Timing timing =
                recorder.start(recorder.series(Kind.EXTERNAL, link.server().name(), name));
        String traceparent = recorder.traceparent(timing);
        recorder.detach(timing);
        return question.ask(traceparent).whenComplete((result, e) -> {
            if (e != null) {
                timing.errorType(Outcome.of(UpstreamFailures.of(e).reason()).label());
            }
            recorder.stopDetached(timing);
        });
    }

    private static String reason(UpstreamException e) {
        return Outcome.of(e.reason()).label() + ": " + Replies.shown(String.valueOf(e.getMessage()));
    }
}
