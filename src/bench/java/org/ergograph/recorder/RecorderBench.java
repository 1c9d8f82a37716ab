package org.ergograph.recorder;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Observation;
import org.ergograph.observation.ObservationSink;
import org.ergograph.observation.Series;
import org.ergograph.observation.SeriesRegistry;
import org.ergograph.observation.Timing;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the recorder alone costs: start and stop with sinks that do nothing, against two clock reads. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RecorderBench {
    private static final class Last implements ObservationSink {
        @Nullable
        Observation last;

        @Override
        public void accept(Observation observation) {
            last = observation;
        }
    }

    private final LiveRecorder empty = new LiveRecorder(
            true, new SystemTimeSource(Clock.systemUTC()), new SeriesRegistry(10), null, false, List.of());
    private final LiveRecorder oneSink = new LiveRecorder(
            true, new SystemTimeSource(Clock.systemUTC()), new SeriesRegistry(10), null, false, List.of(new Last()));
    private final Series series = empty.series(Kind.METHOD, "m");

    @Benchmark
    public long twoClockReads() {
        long start = System.nanoTime();
        return System.nanoTime() - start;
    }

    @Benchmark
    public void noSink() {
        Timing timing = empty.start(series);
        empty.stop(timing);
    }

    @Benchmark
    public void oneSink() {
        Timing timing = oneSink.start(series);
        oneSink.stop(timing);
    }
}
