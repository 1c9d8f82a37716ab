package org.ergograph.health;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.ergograph.database.DatabaseState;
import org.ergograph.database.SqlStates;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Recorder;
import org.ergograph.observation.Series;
import org.ergograph.observation.TimeSource;
import org.ergograph.observation.Timing;
import org.ergograph.settings.Threshold;
import org.ergograph.settings.Thresholds;

/**
 * Checks that the database answers {@code SELECT 1}, and how fast: the time of the statement alone, which is recorded as the
 * observation {@code external database/ping} and judged by the thresholds on database queries; the time to get a connection is
 * told apart from it.
 */
@Singleton
class DatabaseProbe implements HealthProbe {
    private final DataSource dataSource;
    private final DatabaseState state;
    private final Recorder recorder;
    private final TimeSource time;
    private final HealthSettings settings;
    private final Thresholds thresholds;
    private final Series series;

    @Inject
    DatabaseProbe(
            DataSource dataSource,
            DatabaseState state,
            Recorder recorder,
            TimeSource time,
            HealthSettings settings,
            Thresholds thresholds) {
        this.dataSource = dataSource;
        this.state = state;
        this.recorder = recorder;
        this.time = time;
        this.settings = settings;
        this.thresholds = thresholds;
        this.series = recorder.series(Kind.EXTERNAL, "database", "ping");
    }

    @Override
    public String name() {
        return "database";
    }

    @Override
    public Finding check() {
        try {
            return connectAndPing();
        } catch (SQLException e) {
            return Finding.unhealthy(SqlStates.reason(e), e.getClass().getSimpleName());
        }
    }

    private Finding connectAndPing() throws SQLException {
        long start = time.nanoTime();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout((int) Math.max(1, settings.timeout().toSeconds()));
            long connected = time.nanoTime();
            ping(statement);
            long answered = time.nanoTime();
            return judge(Duration.ofNanos(connected - start), Duration.ofNanos(answered - connected));
        }
    }

    private void ping(Statement statement) throws SQLException {
        Timing timing = recorder.start(series);
        try (ResultSet rows = statement.executeQuery("select 1")) {
            rows.next();
        } catch (SQLException | RuntimeException e) {
            timing.failed(e);
            throw e;
        } finally {
            recorder.stop(timing);
        }
    }

    private Finding judge(Duration connection, Duration ping) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("connectionSeconds", connection.toNanos() / 1e9);
        metadata.put("pingSeconds", ping.toNanos() / 1e9);
        metadata.put("schemaReady", state.ready());
        if (!state.ready()) {
            String failure = state.failure();
            return failure == null
                    ? new Finding(HealthState.DEGRADED, state.work(), metadata, "schema")
                    : new Finding(
                            HealthState.UNHEALTHY,
                            "the database could not be brought up to date: " + failure,
                            metadata,
                            "schema");
        }
        HealthState found = found(
                ping,
                thresholds.duration(Threshold.DATABASE_QUERY),
                thresholds.duration(Threshold.DATABASE_QUERY_CRITICAL));
        String message = found == HealthState.HEALTHY
                ? "the database answers"
                : "the database answers slowly: " + ping.toMillis() + " ms";
        return new Finding(found, message, metadata, found == HealthState.HEALTHY ? null : "slow");
    }

    /** Both limits still belong to the better side. */
    static HealthState found(Duration ping, Duration slow, Duration critical) {
        if (ping.compareTo(critical) > 0) {
            return HealthState.UNHEALTHY;
        }
        return ping.compareTo(slow) > 0 ? HealthState.DEGRADED : HealthState.HEALTHY;
    }
}
