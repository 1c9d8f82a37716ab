package org.ergograph.recorder;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.ergograph.history.HistorySettings;
import org.ergograph.history.SamplingSettings;
import org.ergograph.observation.ObservationSettings;
import org.ergograph.observation.ObservationSink;
import org.ergograph.observation.Recorder;
import org.ergograph.observation.SeriesRegistry;
import org.ergograph.observation.TimeSource;

/** Composes the recorder and its sinks as the application does, without a server. */
@ApplicationScoped
public class BenchRecorder {
    /** The beans of the sinks, which are their packages' own; with the audit log's, or without. */
    public static Class<?>[] sinks(boolean all) throws ClassNotFoundException {
        List<String> names =
                new ArrayList<>(List.of("window.WindowSink", "telemetry.MetricsSink", "telemetry.Instruments"));
        if (all) {
            names.addAll(List.of("history.HistorySink", "history.AuditCounts", "history.BenchDrain"));
        }
        List<Class<?>> types = new ArrayList<>();
        for (String name : names) {
            types.add(Class.forName("org.ergograph." + name));
        }
        return types.toArray(new Class<?>[0]);
    }

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
    HistorySettings historySettings() {
        return new HistorySettings(
                65_536,
                5_000,
                Duration.ofMillis(250),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(1),
                Path.of("journal"),
                1L << 30,
                SamplingSettings.everything(Duration.ofMillis(500)));
    }

    /** A registry that nobody asks: the metrics are brought up to date off the caller's thread. */
    @Produces
    @Singleton
    MetricRegistry metricRegistry() {
        return (MetricRegistry) Proxy.newProxyInstance(
                MetricRegistry.class.getClassLoader(), new Class<?>[] {MetricRegistry.class}, (proxy, method, args) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
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
        if (all.size() < 3) {
            throw new IllegalStateException("not the sinks that are to be measured: " + all);
        }
        return new LiveRecorder(true, time, registry, null, false, all);
    }
}
