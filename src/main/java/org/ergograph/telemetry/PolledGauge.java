package org.ergograph.telemetry;

import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** A published gauge whose source can be replaced. Thread-safe. */
final class PolledGauge implements Supplier<Double> {
    private volatile DoubleSupplier source;

    PolledGauge(DoubleSupplier source) {
        this.source = source;
    }

    void read(DoubleSupplier source) {
        this.source = source;
    }

    @Override
    public Double get() {
        return source.getAsDouble();
    }
}
