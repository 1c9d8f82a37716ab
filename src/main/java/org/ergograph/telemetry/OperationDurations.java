package org.ergograph.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.DoubleHistogramBuilder;
import io.opentelemetry.api.metrics.Meter;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import org.ergograph.observation.Timing;
import org.jspecify.annotations.Nullable;

/**
 * How long operations took, as OpenTelemetry's conventions have it, in seconds, for products that know those names. Goes
 * nowhere where the server's OpenTelemetry has no metrics. Thread-safe.
 */
final class OperationDurations {
    private static final double NANOS = 1e9;

    /** From the conventions of MCP. */
    private static final List<Double> MCP_BOUNDS =
            List.of(0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0);

    /** From the conventions of databases. */
    private static final List<Double> DB_BOUNDS = List.of(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0);

    private final DoubleHistogram server;
    private final DoubleHistogram client;
    private final DoubleHistogram database;

    OperationDurations(Meter meter) {
        this.server = histogram(meter, "mcp.server.operation.duration", "MCP requests answered.", MCP_BOUNDS);
        this.client = histogram(meter, "mcp.client.operation.duration", "MCP requests sent.", MCP_BOUNDS);
        this.database = histogram(meter, "db.client.operation.duration", "Database operations.", DB_BOUNDS);
    }

    private static DoubleHistogram histogram(Meter meter, String name, String what, List<Double> bounds) {
        DoubleHistogramBuilder builder =
                meter.histogramBuilder(name).setUnit("s").setDescription(what);
        advise(builder, bounds);
        return builder.build();
    }

    /** The API that this is compiled against cannot advise on bounds, that of Open Liberty can. */
    private static void advise(DoubleHistogramBuilder builder, List<Double> bounds) {
        try {
            DoubleHistogramBuilder.class
                    .getMethod("setExplicitBucketBoundariesAdvice", List.class)
                    .invoke(builder, bounds);
        } catch (NoSuchMethodException e) {
            // The SDK's own bounds then.
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("setExplicitBucketBoundariesAdvice", e);
        }
    }

    /** Records a timing that has ended, if the conventions have an instrument for it. */
    void record(Timing timing, SpanNames names, long nanos) {
        DoubleHistogram histogram = switch (timing.kind()) {
            case MCP -> server;
            case EXTERNAL -> client;
            case DB -> database;
            default -> null;
        };
        if (histogram != null) {
            Attributes attributes = attributes(timing, names);
            if (attributes != null) {
                histogram.record(nanos / NANOS, attributes);
            }
        }
    }

    /** Null where what the conventions require is not known. */
    private static @Nullable Attributes attributes(Timing timing, SpanNames names) {
        AttributesBuilder attributes = Attributes.builder();
        for (AttributeKey<String> key : SpanNames.METRIC_KEYS) {
            String value = timing.attributes().get(key.getKey());
            if (value == null) {
                value = names.attributes().get(key);
            }
            if (value != null && !unbounded(key, timing)) {
                attributes.put(key, value);
            }
        }
        if (timing.errorType() != null) {
            attributes.put(SpanNames.ERROR_TYPE, timing.errorType());
        }
        Attributes built = attributes.build();
        return built.get(SpanNames.MCP_METHOD) == null && built.get(SpanNames.DB_OPERATION) == null ? null : built;
    }

    /** What a client asked for in vain may be any word. */
    private static boolean unbounded(AttributeKey<String> key, Timing timing) {
        return SpanNames.isTarget(key) && TracedSpans.isClientFault(timing);
    }
}
