package org.ergograph.web;

import java.util.concurrent.Callable;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Recorder;
import org.ergograph.observation.Sample;
import org.ergograph.observation.Series;
import org.ergograph.observation.Timing;

/** A recorder that only counts what it carries. */
final class CarryingRecorder implements Recorder {
    private int carried;

    int carried() {
        return carried;
    }

    @Override
    public <T> Callable<T> carry(Callable<T> work) {
        carried++;
        return work;
    }

    @Override
    public boolean enabled() {
        return false;
    }

    @Override
    public Series series(Kind kind, String... values) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Timing start(Series series) {
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
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
    public void internally(Runnable work) {
        work.run();
    }
}
