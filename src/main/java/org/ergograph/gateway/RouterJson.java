package org.ergograph.gateway;

import jakarta.json.JsonObjectBuilder;
import java.util.OptionalDouble;
import org.ergograph.web.JsonText;
import org.ergograph.window.Distribution;

/** The figures of calls as they go over the wire. Pure. */
final class RouterJson {
    private static final double NANOS = 1e9;

    private RouterJson() {}

    /** What stands before one server. */
    static JsonObjectBuilder server(Link link) {
        LinkHealth.View health = link.health().view();
        Guard guard = link.guard();
        JsonObjectBuilder refused = JsonText.object();
        for (Guard.Refusal refusal : Guard.Refusal.values()) {
            refused.add(refusal.label(), guard.refused(refusal));
        }
        return JsonText.object()
                .add("server", link.server().name())
                .add("health", health.state().label())
                .add("breaker", guard.state())
                .add("inUse", guard.inUse())
                .add("limit", guard.limit())
                .add("refused", refused);
    }

    /** The calls to one tool: {@code calls} = {@code sent} + {@code cacheHits} + {@code refused} + those under way. */
    static JsonObjectBuilder tool(Ledger.Entry entry) {
        CallStats stats = entry.stats();
        JsonObjectBuilder errors = JsonText.object();
        long sent = 0;
        long failed = 0;
        for (Outcome outcome : Outcome.values()) {
            long count = stats.ended(outcome);
            sent += count;
            if (outcome != Outcome.SUCCESS) {
                failed += count;
                errors.add(outcome.label(), count);
            }
        }
        return JsonText.object()
                .add("server", entry.key().server())
                .add("tool", entry.key().tool())
                .add("calls", stats.calls())
                .add("sent", sent)
                .add("cacheHits", stats.cacheHits())
                .add("refused", stats.refusals())
                .add("retries", stats.retries())
                .add("errors", failed)
                .add("errorRate", sent == 0 ? 0 : (double) failed / sent)
                .add("errorsByType", errors)
                .add("latency", latency(stats.total().distribution(), stats.totalNanos(), sent))
                .add("upstreamLatency", latency(stats.upstream().distribution(), stats.upstreamNanos(), sent))
                .add("addedLatency", latency(stats.added().distribution(), stats.addedNanos(), sent))
                .add("resultBytes", sizes(stats));
    }

    private static JsonObjectBuilder latency(Distribution window, long sumNanos, long count) {
        JsonObjectBuilder ofWindow = JsonText.object().add("count", window.count());
        add(ofWindow, "errorRate", window.errorRate());
        add(ofWindow, "meanSeconds", window.meanSeconds());
        add(ofWindow, "p50Seconds", window.quantileSeconds(0.5));
        add(ofWindow, "p95Seconds", window.quantileSeconds(0.95));
        add(ofWindow, "p99Seconds", window.quantileSeconds(0.99));
        JsonObjectBuilder sinceStart = JsonText.object().add("count", count).add("sumSeconds", sumNanos / NANOS);
        add(
                sinceStart,
                "meanSeconds",
                count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sumNanos / NANOS / count));
        return JsonText.object().add("window", ofWindow).add("sinceStart", sinceStart);
    }

    private static JsonObjectBuilder sizes(CallStats stats) {
        long count = stats.sized();
        JsonObjectBuilder sizes =
                JsonText.object().add("count", count).add("sum", stats.bytes()).add("max", stats.largestBytes());
        add(sizes, "mean", count == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) stats.bytes() / count));
        return sizes;
    }

    private static void add(JsonObjectBuilder json, String field, OptionalDouble value) {
        if (value.isPresent()) {
            json.add(field, value.getAsDouble());
        } else {
            json.addNull(field);
        }
    }
}
