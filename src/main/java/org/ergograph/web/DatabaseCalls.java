package org.ergograph.web;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Meters;
import org.ergograph.observation.Metrics;
import org.ergograph.observation.Recorder;
import org.ergograph.observation.Timing;
import org.jspecify.annotations.Nullable;

/**
 * Runs the part of a request that needs the database off the request threads, so many at a time, and answers 503 when the
 * database fails, takes too long or has too many waiting; so a database that hangs never takes the request threads with it.
 * Work that hangs keeps its place until it returns: it is not interrupted, since an interrupt closes an H2 database file.
 * Thread-safe.
 */
@Singleton
public class DatabaseCalls {
    private static final System.Logger LOG = System.getLogger(DatabaseCalls.class.getName());
    private static final Duration SWEEP = Duration.ofMillis(100);

    private static final class Call<T> {
        final Callable<T> work;
        final long deadline;
        final CompletableFuture<T> result = new CompletableFuture<>();

        Call(Callable<T> work, long deadline) {
            this.work = work;
            this.deadline = deadline;
        }
    }

    private final Recorder recorder;
    private final DatabaseCallSettings settings;
    private final Executor executor;
    private final LongSupplier nanoTime;
    private final Object lock = new Object();
    private final Set<Call<?>> running = new HashSet<>();
    private final Deque<Call<?>> waiting = new ArrayDeque<>();
    private final LongAdder failed = new LongAdder();
    private final LongAdder late = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private volatile boolean failing;
    private @Nullable Future<?> sweeping;

    @Inject
    DatabaseCalls(Recorder recorder, DatabaseCallSettings settings, Instance<Meters> meters) {
        this(recorder, settings, (Executor) managed("DefaultManagedExecutorService"), System::nanoTime);
        ScheduledExecutorService scheduler =
                (ScheduledExecutorService) managed("DefaultManagedScheduledExecutorService");
        sweeping =
                scheduler.scheduleWithFixedDelay(this::sweep, SWEEP.toNanos(), SWEEP.toNanos(), TimeUnit.NANOSECONDS);
        if (meters.isResolvable()) {
            meters.get().counter(Metrics.DATABASE_REFUSALS, failed::sum, "failed");
            meters.get().counter(Metrics.DATABASE_REFUSALS, late::sum, "late");
            meters.get().counter(Metrics.DATABASE_REFUSALS, refused::sum, "saturated");
        }
    }

    DatabaseCalls(Recorder recorder, DatabaseCallSettings settings, Executor executor, LongSupplier nanoTime) {
        this.recorder = recorder;
        this.settings = settings;
        this.executor = executor;
        this.nanoTime = nanoTime;
    }

    @SuppressWarnings("BanJNDI") // constant names of the specification
    private static Object managed(String name) {
        try {
            return new InitialContext().lookup("java:comp/" + name);
        } catch (NamingException e) {
            throw new IllegalStateException("the server has no " + name, e);
        }
    }

    /**
     * Runs the work and answers its response; never completes exceptionally. What belongs to the request (headers,
     * parameters, body) has to be read before. A {@link StreamingOutput} keeps the work's place until it is written.
     *
     * @param work runs with the trace of the calling thread; what it throws becomes a problem
     */
    public CompletionStage<Response> answer(Callable<Response> work) {
        return orProblem(run(work));
    }

    /** The stage with its failure turned into a problem. */
    public static CompletionStage<Response> orProblem(CompletionStage<Response> stage) {
        return stage.exceptionally(Failures::response);
    }

    /**
     * Runs the work and gives its result, for an answer that needs more than the database. Fails with what the work throws,
     * and with a {@link ProblemException} where the database is to blame.
     *
     * @param work runs with the trace of the calling thread
     */
    public <T> CompletionStage<T> run(Callable<T> work) {
        Call<T> call = new Call<>(
                recorder.carry(work), nanoTime.getAsLong() + settings.deadline().toNanos());
        boolean starts;
        synchronized (lock) {
            starts = running.size() < settings.concurrent();
            if (starts) {
                running.add(call);
            } else if (waiting.size() < settings.waiting()) {
                waiting.add(call);
            } else {
                refused.increment();
                return CompletableFuture.failedFuture(Failures.database("too many requests wait for the database"));
            }
        }
        if (starts) {
            start(call);
        }
        return call.result;
    }

    /**
     * Runs work that changes what an operator decides, like {@link #run}: it has a row in the audit log, of kind
     * {@code admin}, whether it succeeds or not, unless the database was never asked.
     *
     * @param subject the kind of thing that it is done to
     * @param action one word for what is done to it
     * @param name the name of what it was done to, added to the subject once it is known; empty if it has none
     */
    public <T> CompletionStage<T> act(
            String subject, String action, Callable<T> work, Function<? super T, String> name) {
        return run(() -> {
            Timing timing = recorder.start(recorder.series(Kind.ADMIN, subject, action));
            try {
                T result = work.call();
                String named = name.apply(result);
                if (!named.isEmpty()) {
                    timing.series(recorder.series(Kind.ADMIN, subject + " " + named, action));
                }
                return result;
            } catch (Throwable e) {
                timing.failed(e);
                throw e;
            } finally {
                recorder.stop(timing);
            }
        });
    }

    /** Like the other, where the subject is all that there is to name. */
    public <T> CompletionStage<T> act(String subject, String action, Callable<T> work) {
        return act(subject, action, work, result -> "");
    }

    /** How long one statement may take, so that there is still time to say that it took too long. */
    public Duration statementLimit() {
        return settings.deadline().multipliedBy(4).dividedBy(5);
    }

    private void start(Call<?> call) {
        try {
            executor.execute(() -> execute(call));
        } catch (RejectedExecutionException e) {
            refused.increment();
            call.result.completeExceptionally(Failures.database("the server takes no more work"));
            leave(call);
        }
    }

    private <T> void execute(Call<T> call) {
        T value;
        try {
            value = call.work.call();
        } catch (Throwable e) { // an Error as well: the place has to become free again
            leave(call);
            call.result.completeExceptionally(failure(e));
            return;
        }
        answered();
        // What is only sent has no need of the database any more, and its client may be slow to read.
        boolean streams = value instanceof Response response && response.getEntity() instanceof StreamingOutput;
        if (!streams) {
            leave(call);
        }
        call.result.complete(value);
        if (streams) {
            leave(call);
        }
    }

    private void leave(Call<?> call) {
        Call<?> next;
        synchronized (lock) {
            running.remove(call);
            next = waiting.poll();
            if (next != null) {
                running.add(next);
            }
        }
        if (next != null) {
            start(next);
        }
    }

    private Throwable failure(Throwable failure) {
        if (!SqlFailures.isDatabaseOut(failure)) {
            return failure;
        }
        if (SqlFailures.isTimeout(failure)) {
            late.increment();
            return Failures.statement(statementLimit());
        }
        failed.increment();
        if (!failing) {
            failing = true;
            LOG.log(System.Logger.Level.WARNING, "the database does not answer", failure);
        }
        return Failures.database("the database does not answer");
    }

    private void answered() {
        if (failing) {
            failing = false;
            LOG.log(System.Logger.Level.INFO, "the database answers again");
        }
    }

    /** Answers for every call whose deadline has passed; those that have not begun never will. */
    void sweep() {
        long now = nanoTime.getAsLong();
        List<Call<?>> passed = new ArrayList<>();
        synchronized (lock) {
            waiting.removeIf(call -> call.deadline - now <= 0 && passed.add(call));
            for (Call<?> call : running) {
                if (call.deadline - now <= 0 && !call.result.isDone()) {
                    passed.add(call);
                }
            }
        }
        for (Call<?> call : passed) {
            ProblemException problem = Failures.database("the database did not answer within " + settings.deadline());
            if (call.result.completeExceptionally(problem)) {
                late.increment();
            }
        }
    }

    @PreDestroy
    void stop() {
        if (sweeping != null) {
            sweeping.cancel(false);
        }
    }
}
