package org.ergograph.app;

import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ergograph.history.DatabaseState;
import org.ergograph.observation.Periodic;
import org.ergograph.observation.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Brings the database's schema up to date when the application starts. The start waits {@value #START_SECONDS} s for it at
 * most; a database that is not there then is tried again in the background, at growing intervals up to
 * {@value #MAX_PAUSE_SECONDS} s, while the application serves what needs no database.
 */
@Singleton
class Migrations implements Periodic {
    static final long START_SECONDS = 10;
    static final long MAX_PAUSE_SECONDS = 30;
    private static final System.Logger LOG = System.getLogger(Migrations.class.getName());

    private final Schema schema;
    private final DatabaseState state;
    private final TimeSource time;

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    private @Nullable ManagedExecutorService executor;

    private @Nullable Future<?> first;
    private int failures;
    private long notBeforeNanos;

    @Inject
    Migrations(Schema schema, DatabaseState state, TimeSource time) {
        this.schema = schema;
        this.state = state;
        this.time = time;
    }

    void start(@Observes @Initialized(ApplicationScoped.class) @Priority(50) Object event) {
        ManagedExecutorService managed = executor;
        if (managed == null) {
            throw new IllegalStateException("java:comp/DefaultManagedExecutorService is not there");
        }
        notBeforeNanos = time.nanoTime();
        Future<?> attempt = managed.submit(this::attempt);
        first = attempt;
        try {
            attempt.get(START_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the database has not answered within " + START_SECONDS + " s: the application starts without it");
        } catch (ExecutionException e) {
            throw new IllegalStateException("the migrations could not run", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(1);
    }

    @Override
    public boolean whileOff() {
        return true;
    }

    @Override
    public void run() {
        Future<?> pending = first;
        if (!state.ready() && (pending == null || pending.isDone()) && due()) {
            attempt();
        }
    }

    private synchronized boolean due() {
        return time.nanoTime() - notBeforeNanos >= 0;
    }

    synchronized void attempt() {
        try {
            String version = schema.migrate();
            state.migrated();
            LOG.log(System.Logger.Level.INFO, "the database's schema is at version " + version);
        } catch (RuntimeException | LinkageError e) {
            if (failures == 0) {
                LOG.log(System.Logger.Level.ERROR, "the database's schema could not be brought up to date", e);
            }
            state.failed(e.getClass().getSimpleName());
            long pauseSeconds = Math.min(MAX_PAUSE_SECONDS, 1L << Math.min(failures, 10));
            failures++;
            notBeforeNanos = time.nanoTime() + TimeUnit.SECONDS.toNanos(pauseSeconds);
        }
    }
}
