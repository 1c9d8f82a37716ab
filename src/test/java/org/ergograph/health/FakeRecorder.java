package org.ergograph.health;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Recorder;
import org.ergograph.observation.Sample;
import org.ergograph.observation.Series;
import org.ergograph.observation.SeriesRegistry;
import org.ergograph.observation.Timing;

/** Notes which series ended how, and whether as the record's own work. */
final class FakeRecorder implements Recorder {
    final List<String> recorded = new ArrayList<>();
    private final SeriesRegistry registry = new SeriesRegistry(100);
    private boolean internal;

    @Override
    public boolean enabled() {
        return true;
    }

    @Override
    public Series series(Kind kind, String... values) {
        return registry.resolve(kind, values);
    }

    @Override
    public Timing start(Series series) {
        return new Timing(series.kind(), series, 0, true, internal, 1, 1, null);
    }

    @Override
    public Timing startRequest(Kind kind, long traceIdHigh, long traceIdLow) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void detach(Timing timing) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void stop(Timing timing) {
        recorded.add(timing.series() + " " + timing.errorType() + (timing.internal() ? " internal" : ""));
    }

    @Override
    public void stopDetached(Timing timing) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void sample(Sample sample) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> Callable<T> carry(Callable<T> work) {
        return work;
    }

    @Override
    public void internally(Runnable work) {
        internal = true;
        try {
            work.run();
        } finally {
            internal = false;
        }
    }
}
