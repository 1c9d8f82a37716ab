package org.ergograph.recorder;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.ergograph.observation.ObservationSettings;
import org.ergograph.observation.ObservationSink;
import org.ergograph.observation.Recorder;
import org.ergograph.observation.SeriesRegistry;
import org.ergograph.observation.TimeSource;

/** Composes the recorder as the application does, without a server's configuration. */
@ApplicationScoped
public class BenchRecorder {
    @Produces
    @Singleton
    TimeSource timeSource() {
        return new SystemTimeSource(Clock.systemUTC());
    }

    @Produces
    @Singleton
    ObservationSettings settings() {
        return ObservationSettings.defaults();
    }

    @Produces
    @Singleton
    SeriesRegistry registry() {
        return new SeriesRegistry(1_000);
    }

    @Produces
    @Singleton
    Recorder recorder(
            TimeSource time, SeriesRegistry registry, ObservationSettings settings, Instance<ObservationSink> sinks) {
        List<ObservationSink> all = new ArrayList<>();
        sinks.forEach(all::add);
        all.add(new SlowLog(settings.slowThreshold(), settings.slowTransactionThreshold(), line -> {}));
        return new LiveRecorder(true, time, registry, null, all);
    }
}
