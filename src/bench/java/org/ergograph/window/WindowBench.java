package org.ergograph.window;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Observation;
import org.ergograph.observation.SeriesRegistry;
import org.ergograph.observation.TimeSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** What the window costs on the caller's thread, against picking the observation alone. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class WindowBench {
    private static final int OBSERVATIONS = 1024;

    private final TimeSource time = new TimeSource() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public long epochNanos(long nanoTime) {
            return Clock.systemUTC().millis() * 1_000_000;
        }
    };
    private final WindowSink window =
            new WindowSink(Duration.ofMinutes(5), time, Runtime.getRuntime().availableProcessors());
    private final Observation[] observations = new Observation[OBSERVATIONS];

    @Setup(Level.Trial)
    public void observe() {
        SeriesRegistry registry = new SeriesRegistry(100);
        for (int i = 0; i < OBSERVATIONS; i++) {
            long nanos = (long) Math.exp(13 + ThreadLocalRandom.current().nextGaussian());
            observations[i] = new Observation(
                    registry.resolve(Kind.HTTP, "GET", "/" + i % 8),
                    0,
                    nanos,
                    200,
                    null,
                    1,
                    1,
                    null,
                    -1,
                    -1,
                    -1,
                    false,
                    false);
        }
    }

    @State(Scope.Thread)
    public static class Turn {
        int next;
    }

    @Benchmark
    public Observation pick(Turn turn) {
        return observations[turn.next++ & (OBSERVATIONS - 1)];
    }

    @Benchmark
    public void accept(Turn turn) {
        window.accept(observations[turn.next++ & (OBSERVATIONS - 1)]);
    }

    @Benchmark
    @Threads(2)
    public void acceptOnTwoThreads(Turn turn) {
        window.accept(observations[turn.next++ & (OBSERVATIONS - 1)]);
    }

    @Benchmark
    public WindowSnapshot snapshot(Turn turn) {
        window.accept(observations[turn.next++ & (OBSERVATIONS - 1)]);
        return window.snapshot();
    }
}
