package org.ergograph.telemetry;

import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** A published gauge whose source can be replaced; NaN while that fails. Thread-safe. */
final class PolledGauge implements Supplier<Double> {
    private static final System.Logger LOG = System.getLogger(PolledGauge.class.getName());

    private volatile DoubleSupplier source;

    PolledGauge(DoubleSupplier source) {
        this.source = source;
    }

    void read(DoubleSupplier source) {
        this.source = source;
    }

    @Override
    public Double get() {
        try {
            return source.getAsDouble();
        } catch (RuntimeException e) {
            // Thrown on, it would cost the scraper the rest of the page.
            LOG.log(System.Logger.Level.DEBUG, "a gauge cannot be read", e);
            return Double.NaN;
        }
    }
}
