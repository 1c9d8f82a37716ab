package org.ergograph.bench;

import java.util.concurrent.TimeUnit;
import org.ergograph.monitor.Monitored;
import org.ergograph.recorder.BenchRecorder;
import org.ergograph.window.Window;
import org.jboss.weld.bootstrap.spi.BeanDiscoveryMode;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What an intercepted call costs, against the same call behind an interceptor that does nothing and reads the clock twice. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 8, time = 1)
@Fork(3)
public class InterceptorBench {
    private WeldContainer container;
    private Subject subject;
    private long value;

    @Setup
    public void start() {
        container = new Weld()
                .disableDiscovery()
                .setBeanDiscoveryMode(BeanDiscoveryMode.ALL)
                .addPackages(false, Monitored.class, Window.class)
                .addBeanClasses(BenchRecorder.class, Subject.class, NoOpInterceptor.class)
                .initialize();
        subject = container.select(Subject.class).get();
    }

    @TearDown
    public void stop() {
        container.close();
    }

    @Benchmark
    public long plainCall() {
        return value = subject.plain(value);
    }

    @Benchmark
    public long noOpInterceptor() {
        return value = subject.noOp(value);
    }

    @Benchmark
    public long floorNoOpInterceptorAndTwoClockReads() {
        return value = subject.clockReads(value);
    }

    @Benchmark
    public long monitored() {
        return value = subject.monitored(value);
    }

    @Benchmark
    public long monitoredDbOperation() {
        return value = subject.db(value);
    }
}
