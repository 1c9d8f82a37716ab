package org.ergograph.recorder;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.eclipse.microprofile.config.ConfigProvider;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Meters;
import org.ergograph.observation.Metrics;
import org.ergograph.observation.ObservationSettings;
import org.ergograph.observation.ObservationSink;
import org.ergograph.observation.Periodic;
import org.ergograph.observation.SeriesRegistry;
import org.ergograph.observation.Spans;
import org.ergograph.observation.TimeSource;
import org.jspecify.annotations.Nullable;

/** Composes the recorder from what the application contains, and starts and stops what is periodic. */
@Singleton
class Recording {
    private static final System.Logger LOG = System.getLogger(Recording.class.getName());

    private final SystemTimeSource time = new SystemTimeSource(Clock.systemUTC());
    private final ObservationSettings settings = RecorderConfig.read(ConfigProvider.getConfig());
    private final SeriesRegistry registry = new SeriesRegistry(settings.maxSeriesPerKind());
    private final SlowLog slowLog = new SlowLog(
            settings.slowThreshold(),
            settings.slowTransactionThreshold(),
            line -> LOG.log(System.Logger.Level.WARNING, line));
    private @Nullable Schedule schedule;

    @Inject
    Recording() {}

    @Produces
    @Singleton
    ObservationSettings settings() {
        return settings;
    }

    @Produces
    @Singleton
    TimeSource timeSource() {
        return time;
    }

    @Produces
    @Singleton
    SeriesRegistry seriesRegistry() {
        return registry;
    }

    @Produces
    @Singleton
    LiveRecorder recorder(Instance<ObservationSink> sinks, Instance<Spans> spans) {
        List<ObservationSink> all = new ArrayList<>();
        sinks.forEach(all::add);
        all.add(slowLog);
        Spans tracing = settings.tracing() && spans.isResolvable() ? spans.get() : null;
        return new LiveRecorder(settings.enabled(), time, registry, tracing, settings.tracedArguments(), all);
    }

    void start(
            @Observes @Initialized(ApplicationScoped.class) @Priority(100) Object event,
            LiveRecorder recorder,
            Instance<Meters> meters,
            Instance<Periodic> tasks) {
        if (!settings.enabled()) {
            LOG.log(System.Logger.Level.INFO, "recording is off (ergograph.enabled=false)");
        }
        Schedule started = schedule();
        schedule = started;
        if (settings.enabled() && meters.isResolvable()) {
            publish(recorder, started, meters.get());
        }
        started.add(anchoring(), time::anchor);
        if (settings.enabled()) {
            started.add(slowLog, slowLog::run);
        }
        for (Periodic task : tasks) {
            if (settings.enabled() || task.whileOff()) {
                started.add(task, () -> recorder.internally(task::run));
            }
        }
    }

    private void publish(LiveRecorder recorder, Schedule started, Meters meters) {
        meters.counter(Metrics.SCHEDULE_FAILURES, started::failures);
        for (Kind kind : Kind.values()) {
            meters.counter(Metrics.SERIES_OVERFLOW, () -> registry.overflow(kind), kind.label());
        }
        List<ObservationSink> sinks = recorder.sinks();
        for (int i = 0; i < sinks.size(); i++) {
            int position = i;
            meters.counter(
                    Metrics.SINK_FAILURES,
                    () -> recorder.failures(position),
                    sinks.get(i).getClass().getSimpleName());
        }
    }

    private Periodic anchoring() {
        return new Periodic() {
            @Override
            public Duration interval() {
                return Duration.ofSeconds(1);
            }

            @Override
            public void run() {
                time.anchor();
            }
        };
    }

    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) @Priority(10_000) Object event) {
        Schedule running = schedule;
        if (running != null) {
            running.stop();
        }
    }

    /**
     * The server's scheduler; where the server has none, which an embedding application need not ask for, one daemon thread
     * that ends with the application.
     */
    @SuppressWarnings("BanJNDI") // a constant name of the specification
    private static Schedule schedule() {
        try {
            InitialContext names = new InitialContext();
            return new Schedule(
                    (ScheduledExecutorService) names.lookup("java:comp/DefaultManagedScheduledExecutorService"),
                    (Executor) names.lookup("java:comp/DefaultManagedExecutorService"),
                    false);
        } catch (NamingException e) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "the server has no managed scheduler: one thread of our own does its work");
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            return new Schedule(
                    Executors.newSingleThreadScheduledExecutor(work -> {
                        Thread thread = new Thread(work, "ergograph-schedule");
                        thread.setDaemon(true);
                        thread.setContextClassLoader(loader);
                        return thread;
                    }),
                    Runnable::run,
                    true);
        }
    }
}
