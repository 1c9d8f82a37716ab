package org.ergograph.notify.backtest;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import jakarta.persistence.PersistenceException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.ergograph.alert.Rule;
import org.ergograph.history.query.RecordedIntervals;
import org.ergograph.observation.Recorder;
import org.ergograph.observation.TimeSource;
import org.ergograph.settings.Thresholds;
import org.ergograph.web.Problem;
import org.ergograph.web.ProblemException;

/**
 * Runs back-tests off the request threads, a few at a time, each for so long at most. Every stage fails with a
 * {@link ProblemException}: 422 if it asks for too much, 503 if too many run, it takes too long or the database does not answer.
 * Thread-safe.
 */
@Singleton
public class BackTests {
    /** How many run at once. */
    static final int AT_ONCE = 2;

    /** How long one may take. */
    static final Duration DEADLINE = Duration.ofSeconds(20);

    /** How many alerts are listed if nothing is said, and at most. */
    public static final int USUAL_EPISODES = 100;

    public static final int MOST_EPISODES = 1000;

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final System.Logger LOG = System.getLogger(BackTests.class.getName());

    private final BackTest backTest;
    private final TimeSource time;
    private final Executor executor;
    private final LongSupplier nanoTime;
    private final Recorder recorder;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private volatile boolean stopping;

    @Inject
    BackTests(RecordedIntervals record, Thresholds thresholds, TimeSource time, Recorder recorder) {
        this(new BackTest(record, thresholds::value), time, managed(), System::nanoTime, recorder);
    }

    BackTests(BackTest backTest, TimeSource time, Executor executor, LongSupplier nanoTime, Recorder recorder) {
        this.backTest = backTest;
        this.time = time;
        this.executor = executor;
        this.nanoTime = nanoTime;
        this.recorder = recorder;
    }

    @SuppressWarnings("BanJNDI") // constant names of the specification
    private static Executor managed() {
        try {
            return (Executor) new InitialContext().lookup("java:comp/DefaultManagedExecutorService");
        } catch (NamingException e) {
            throw new IllegalStateException("the server has no DefaultManagedExecutorService", e);
        }
    }

    /**
     * Runs the rule over the record.
     *
     * @param from of the first evaluation
     * @param to of the last one, not before {@code from}
     * @param episodes how many alerts are listed, to {@link #MOST_EPISODES}
     * @param cancelled whether nobody wants the answer any more
     * @return what it came to, data coverage first
     */
    public CompletionStage<JsonObject> run(
            Rule rule, Instant from, Instant to, int episodes, BooleanSupplier cancelled) {
        if (!places.tryAcquire()) {
            return CompletableFuture.failedFuture(ProblemException.unavailable(
                    "busy", AT_ONCE + " back-tests are under way, which is the most at once", SOON));
        }
        BackTest.Question question = new BackTest.Question(rule.query(), rule.timing(), from, to, episodes);
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        Callable<JsonObject> work = recorder.carry(() -> ask(question, cancelled));
        try {
            executor.execute(() -> {
                try {
                    answer.complete(work.call());
                } catch (Throwable e) { // an Error as well: whoever asked has to be answered
                    answer.completeExceptionally(e);
                } finally {
                    places.release();
                }
            });
        } catch (RejectedExecutionException e) {
            places.release();
            answer.completeExceptionally(ProblemException.unavailable("busy", "the server takes no more work", SOON));
        }
        return answer;
    }

    private JsonObject ask(BackTest.Question question, BooleanSupplier cancelled) {
        long end = nanoTime.getAsLong() + DEADLINE.toNanos();
        BooleanSupplier late = () -> nanoTime.getAsLong() - end >= 0;
        try {
            Outcome outcome = backTest.run(
                    question, time.now(), () -> stopping || cancelled.getAsBoolean() || late.getAsBoolean());
            return BackTestJson.of(question, outcome);
        } catch (TooMuchException e) {
            throw new ProblemException(
                    new Problem("refused", 422, "Refused", String.valueOf(e.getMessage()), List.of()));
        } catch (CancellationException e) {
            throw ProblemException.unavailable(
                    "late",
                    e.getMessage() + (late.getAsBoolean() ? ", since it may take " + DEADLINE : "")
                            + ": ask for a shorter range, or narrow the rule's scope",
                    SOON);
        } catch (PersistenceException e) {
            LOG.log(System.Logger.Level.WARNING, "a back-test could not read the record: " + e.getMessage());
            throw ProblemException.unavailable("database", "the database does not answer", SOON);
        }
    }

    /** Nothing of this application goes on after its end. */
    @PreDestroy
    void stop() {
        stopping = true;
    }
}
