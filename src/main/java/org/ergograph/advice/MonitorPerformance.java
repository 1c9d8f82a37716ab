package org.ergograph.advice;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.ergograph.history.query.RecordedCalls;
import org.ergograph.observation.TimeSource;
import org.ergograph.settings.Threshold;
import org.ergograph.settings.Thresholds;
import org.ergograph.system.SystemSampler;
import org.ergograph.tool.Answer;
import org.ergograph.tool.Arguments;
import org.ergograph.tool.Call;
import org.ergograph.tool.Catalogue;
import org.ergograph.tool.Hints;
import org.ergograph.tool.Tool;
import org.ergograph.tool.ToolDefinition;
import org.ergograph.window.Window;
import org.jspecify.annotations.Nullable;

/** The tool that watches for a while and says what it saw. Holds no thread while it waits; so many at once. Thread-safe. */
@Singleton
class MonitorPerformance implements Tool {
    static final String NAME = "km_monitor_performance";
    /** How many monitorings there may be at once. */
    static final int MAX_AT_ONCE = 20;

    private static final ToolDefinition DEFINITION = ToolDefinition.of(
            NAME,
            "performance",
            "Monitor performance",
            "Watches this server for monitoring_duration seconds and answers then: verdict, processor, memory, disk and network,"
                    + " and count, errors, p50, p95 and p99 of what ended meanwhile. Call it to see how things are right now,"
                    + " or during a load. At most 40 points a metric, 64 KiB in all.",
            MonitorSchemas.INPUT,
            MonitorSchemas.OUTPUT,
            Hints.READ_ONLY);

    private final Monitoring.States states;
    private final Window window;
    private final TimeSource time;
    private final Catalogue catalogue;
    private final PastCalls past;
    private final ToDoubleFunction<Threshold> limits;
    private final Later later;
    private final Semaphore places = new Semaphore(MAX_AT_ONCE);
    private final Set<Monitoring> running = ConcurrentHashMap.newKeySet();

    @Inject
    MonitorPerformance(
            SystemSampler sampler,
            Window window,
            TimeSource time,
            Catalogue catalogue,
            RecordedCalls recorded,
            Thresholds thresholds) {
        this(
                sampler::fresh,
                window,
                time,
                catalogue,
                (target, from, to) -> recorded.figures(target.kind(), target.name(), target.second(), from, to),
                thresholds::value,
                managed((ScheduledExecutorService) lookup("DefaultManagedScheduledExecutorService"), (Executor)
                        lookup("DefaultManagedExecutorService")));
    }

    MonitorPerformance(
            Monitoring.States states,
            Window window,
            TimeSource time,
            Catalogue catalogue,
            PastCalls past,
            ToDoubleFunction<Threshold> limits,
            Later later) {
        this.states = states;
        this.window = window;
        this.time = time;
        this.catalogue = catalogue;
        this.past = past;
        this.limits = limits;
        this.later = later;
    }

    @SuppressWarnings("BanJNDI") // constant names of the specification
    private static Object lookup(String name) {
        try {
            return new InitialContext().lookup("java:comp/" + name);
        } catch (NamingException e) {
            throw new IllegalStateException("the server has no " + name, e);
        }
    }

    /** The scheduler may have one thread only: it says when, and the executor does the work. */
    private static Later managed(ScheduledExecutorService scheduler, Executor executor) {
        return (delay, task) -> {
            Future<?> due = scheduler.schedule(() -> executor.execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> due.cancel(false);
        };
    }

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CompletionStage<Answer> call(Call call) {
        MonitorRequest request = MonitorRequest.of(new Arguments(call.arguments()));
        Target target;
        try {
            List<String> tools = catalogue.current().tools().items().stream()
                    .map(tool -> tool.definition().name())
                    .toList();
            target = new Targets(window.totals(series -> true).series(), tools).find(request.scope(), request.target());
        } catch (Targets.UnknownTarget e) {
            return answered(Answer.toolError(e.getMessage() + "", "unknown_target"));
        }
        if (!places.tryAcquire()) {
            return answered(Answer.toolError(
                    MAX_AT_ONCE + " monitorings are under way, which is the most at once: wait for one to end",
                    "too_many"));
        }
        return monitor(call, request, target);
    }

    private CompletionStage<Answer> monitor(Call call, MonitorRequest request, Target target) {
        CompletionStage<@Nullable Past> before =
                request.historical() ? past.of(target, time.now(), window) : CompletableFuture.completedFuture(null);
        Monitoring monitoring = new Monitoring(request, target, call, states, window, time, later);
        running.add(monitoring);
        CompletableFuture<Monitored> done = monitoring.start();
        CompletableFuture<Answer> answer = done.whenComplete((monitored, failure) -> {
                    running.remove(monitoring);
                    places.release();
                })
                .thenCombine(before, (monitored, then) -> new MonitorReport(monitored, then, limits).answer())
                .exceptionally(MonitorPerformance::failed);
        call.onCancel(monitoring::cancel);
        return answer;
    }

    private static Answer failed(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (cause instanceof java.util.concurrent.CancellationException) {
            return Answer.toolError("the monitoring was cancelled", "cancelled");
        }
        if (cause instanceof RejectedExecutionException) {
            return Answer.toolError("the server takes no more work", "rejected");
        }
        throw new java.util.concurrent.CompletionException(cause);
    }

    private static CompletionStage<Answer> answered(Answer answer) {
        return CompletableFuture.completedFuture(answer);
    }

    /** How many monitorings are under way. */
    int running() {
        return running.size();
    }

    /** Nothing of this application goes on after its end. */
    @PreDestroy
    void stop() {
        running.forEach(Monitoring::cancel);
    }
}
