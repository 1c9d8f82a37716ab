package org.ergograph.app;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.ergograph.database.DatabaseState;
import org.ergograph.database.SqlStates;
import org.ergograph.database.transfer.Import;
import org.ergograph.database.transfer.ImportRefused;
import org.ergograph.observation.Periodic;
import org.ergograph.observation.TimeSource;
import org.ergograph.registry.Registry;

/**
 * Brings the database's schema up to date as soon as the application has started, and imports what is to be imported. In the background, because a database that
 * does not answer must not keep the application from serving what needs none; one that is not there is tried again at growing
 * intervals up to {@value #MAX_PAUSE_SECONDS} s. Not thread-safe: the schedule runs it.
 */
@Singleton
class Migrations implements Periodic {
    static final long MAX_PAUSE_SECONDS = 30;
    private static final System.Logger LOG = System.getLogger(Migrations.class.getName());

    private final Schema schema;
    private final Import imported;
    private final DatabaseState state;
    private final Registry registry;
    private final TimeSource time;
    private int failures;
    private long notBeforeNanos;

    @Inject
    Migrations(Schema schema, Import imported, DatabaseState state, Registry registry, TimeSource time) {
        this.schema = schema;
        this.imported = imported;
        this.state = state;
        this.registry = registry;
        this.time = time;
        this.notBeforeNanos = time.nanoTime();
    }

    @Override
    public Duration interval() {
        return Duration.ofMillis(200);
    }

    @Override
    public boolean whileOff() {
        return true;
    }

    @Override
    public void run() {
        if (!state.ready() && time.nanoTime() - notBeforeNanos >= 0) {
            attempt();
        }
    }

    private void attempt() {
        try {
            String version = schema.migrate();
            imported.run(state::working);
            state.migrated();
            registry.open();
            LOG.log(System.Logger.Level.INFO, "the database's schema is at version " + version);
        } catch (SQLException | RuntimeException | LinkageError e) {
            String reason = e instanceof ImportRefused ? String.valueOf(e.getMessage()) : SqlStates.reason(e);
            if (!reason.equals(state.failure())) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "the database could not be brought up to date (" + reason + "); it is tried again",
                        e);
            }
            state.failed(reason);
            long pauseSeconds = Math.min(MAX_PAUSE_SECONDS, 1L << Math.min(failures, 10));
            failures++;
            notBeforeNanos = time.nanoTime() + TimeUnit.SECONDS.toNanos(pauseSeconds);
        }
    }

    @Override
    public void stop() {
        imported.stop();
    }
}
