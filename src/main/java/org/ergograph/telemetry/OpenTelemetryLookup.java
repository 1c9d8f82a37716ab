package org.ergograph.telemetry;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import org.ergograph.observation.Spans;
import org.ergograph.observation.TimeSource;

/** Finds the OpenTelemetry that the server configured for the application. */
final class OpenTelemetryLookup {
    private static final String SCOPE = "org.ergograph";

    private OpenTelemetryLookup() {}

    /** Spans made by MicroProfile Telemetry's OpenTelemetry, or by the process's own where there is none. */
    static Spans spans(TimeSource time, String databaseSystem) {
        Instance<OpenTelemetry> injected = CDI.current().select(OpenTelemetry.class);
        OpenTelemetry openTelemetry = injected.isResolvable() ? injected.get() : GlobalOpenTelemetry.get();
        return new TracedSpans(
                openTelemetry.getTracer(SCOPE),
                new OperationDurations(openTelemetry.getMeter(SCOPE)),
                time,
                databaseSystem);
    }
}
