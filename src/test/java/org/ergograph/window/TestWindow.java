package org.ergograph.window;

import java.time.Duration;
import org.ergograph.observation.Observation;
import org.ergograph.observation.TimeSource;

/** The real window, for tests of what reads it. */
public final class TestWindow {
    private final WindowSink window;

    public TestWindow(TimeSource time) {
        this.window = new WindowSink(Duration.ofMinutes(5), time, 1);
    }

    public void accept(Observation observation) {
        window.accept(observation);
    }

    public Window get() {
        return window;
    }
}
