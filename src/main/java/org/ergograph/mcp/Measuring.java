package org.ergograph.mcp;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Recorder;
import org.ergograph.observation.Series;
import org.ergograph.observation.Timing;
import org.ergograph.observation.TraceIds;
import org.jspecify.annotations.Nullable;

/** Makes each JSON-RPC request an observation. A fault of the recorder never fails a request. Thread-safe. */
final class Measuring {
    private static final System.Logger LOG = System.getLogger(Measuring.class.getName());
    private static final Set<String> METHODS = Set.of(
            "initialize",
            "ping",
            "server/discover",
            "subscriptions/listen",
            "tools/list",
            "tools/call",
            "resources/list",
            "resources/templates/list",
            "resources/read",
            "resources/subscribe",
            "resources/unsubscribe",
            "prompts/list",
            "prompts/get",
            "completion/complete",
            "logging/setLevel");

    private final Recorder recorder;
    private final boolean enabled;
    private final Map<String, Series> series = new HashMap<>();
    private final Series other;
    private final AtomicBoolean faulty = new AtomicBoolean();

    Measuring(Recorder recorder) {
        this.recorder = recorder;
        this.enabled = recorder.enabled();
        METHODS.forEach(method -> series.put(method, series(method)));
        this.other = series("_other");
    }

    private Series series(String method) {
        return recorder.series(Kind.MCP, method, Connections.TRANSPORT);
    }

    /** Begins the observation of a request; null if nothing is recorded. */
    @Nullable
    Timing start(String method, JsonObject meta, long requestBytes) {
        if (!enabled) {
            return null;
        }
        try {
            if (meta.get("traceparent") instanceof JsonString parent && TraceIds.isTraceparent(parent.getString())) {
                recorder.join(parent.getString());
            }
            Timing timing = recorder.start(series.getOrDefault(method, other));
            timing.requestBytes(requestBytes);
            return timing;
        } catch (RuntimeException | LinkageError e) {
            fault(e);
            return null;
        }
    }

    /** Says what is known of a request once it is understood: who asks, and what its span tells. */
    void understood(@Nullable Timing timing, Turn turn) {
        if (timing == null) {
            return;
        }
        try {
            if (turn.principal() != null) {
                recorder.principal(timing, turn.principal());
            }
            if (recorder.tracing()) {
                LegacySession session = turn.session();
                SpanAttributes.describe(
                        timing, turn.request(), turn.era().version(), session == null ? null : session.id());
            }
        } catch (RuntimeException | LinkageError e) {
            fault(e);
        }
    }

    /** Says that the request's thread leaves it. */
    void detach(@Nullable Timing timing) {
        if (timing != null) {
            try {
                recorder.detach(timing);
            } catch (RuntimeException | LinkageError e) {
                fault(e);
            }
        }
    }

    /** @param detached whether the request's thread has left it */
    void stop(@Nullable Timing timing, @Nullable String errorType, long responseBytes, boolean detached) {
        if (timing != null) {
            try {
                timing.errorType(errorType);
                timing.responseBytes(responseBytes);
                if (errorType != null && recorder.tracing()) {
                    SpanAttributes.failed(timing, errorType);
                }
                if (detached) {
                    recorder.stopDetached(timing);
                } else {
                    recorder.stop(timing);
                }
            } catch (RuntimeException | LinkageError e) {
                fault(e);
            }
        }
    }

    private void fault(Throwable e) {
        if (faulty.compareAndSet(false, true)) {
            LOG.log(System.Logger.Level.WARNING, "a request was not recorded; further such faults are not logged", e);
        }
    }
}
