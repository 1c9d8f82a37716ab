package org.ergograph.telemetry;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.Callable;
import org.ergograph.observation.ObservationSettings;
import org.ergograph.observation.Spans;
import org.ergograph.observation.TimeSource;
import org.ergograph.observation.Timing;
import org.jspecify.annotations.Nullable;

/**
 * Makes OpenTelemetry spans. Names no type of OpenTelemetry, so that an application without it deploys: those are loaded
 * when the bean is made, which is only if tracing is on.
 */
@Singleton
class OtelSpans implements Spans {
    private final Spans spans;

    @Inject
    OtelSpans(TimeSource time, ObservationSettings settings) {
        this.spans = OpenTelemetryLookup.spans(time, settings.databaseSystem());
    }

    @Override
    public void start(Timing timing) {
        spans.start(timing);
    }

    @Override
    public void routed(Timing timing) {
        spans.routed(timing);
    }

    @Override
    public void join(Timing timing) {
        spans.join(timing);
    }

    @Override
    public @Nullable String traceparent(Timing timing) {
        return spans.traceparent(timing);
    }

    @Override
    public void detach(Timing timing) {
        spans.detach(timing);
    }

    @Override
    public void stop(Timing timing) {
        spans.stop(timing);
    }

    @Override
    public <T> Callable<T> carry(Callable<T> work) {
        return spans.carry(work);
    }
}
