package org.ergograph.observation;

import java.time.Duration;

/**
 * How observations are recorded; the settings that the embeddable part has too. Immutable.
 *
 * @param enabled whether anything is recorded at all
 * @param maxSeriesPerKind how many series each kind may have, 1 to 100000
 * @param window the length of the live window, 10 s to 1 h
 * @param metricsInterval how often the metrics are brought up to date, 100 ms to 1 min
 * @param sampleInterval how often the system is sampled, 1 s to 1 h
 * @param slowThreshold an observation over this is logged as slow, inclusive bound excluded
 * @param slowTransactionThreshold the same for an observation that covers a whole transaction
 * @param tracing whether spans are made
 * @param tracedArguments whether spans carry what tools are called with
 * @param databaseSystem the database's name in OpenTelemetry's conventions, {@code postgresql} say
 * @param allocation whether the bytes that a request allocates are measured
 * @param dataDirectory the directory on whose volume disk usage is measured
 */
public record ObservationSettings(
        boolean enabled,
        int maxSeriesPerKind,
        Duration window,
        Duration metricsInterval,
        Duration sampleInterval,
        Duration slowThreshold,
        Duration slowTransactionThreshold,
        boolean tracing,
        boolean tracedArguments,
        String databaseSystem,
        boolean allocation,
        String dataDirectory) {

    /** What the conventions say where it is SQL and one does not know whose. */
    public static final String SOME_SQL = "other_sql";

    /** The documented defaults, with recording on and tracing off. */
    public static ObservationSettings defaults() {
        return new ObservationSettings(
                true,
                1000,
                Duration.ofSeconds(300),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                false,
                false,
                SOME_SQL,
                true,
                ".");
    }
}
