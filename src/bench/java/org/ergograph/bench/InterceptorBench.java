package org.ergograph.bench;

import java.util.concurrent.TimeUnit;
import org.ergograph.history.BenchDrain;
import org.ergograph.monitor.Monitored;
import org.ergograph.recorder.BenchRecorder;
import org.jboss.weld.bootstrap.spi.BeanDiscoveryMode;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What an intercepted call costs, against the same call behind an interceptor that does nothing, and two clock reads: with the
 * sinks of the embeddable part (window and metrics), and with all of them, the hand-over to the audit log included.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 6, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(3)
public class InterceptorBench {
    /** Which sinks take the observations. */
    @Param({"embedded", "all"})
    String sinks;

    private WeldContainer container;
    private Subject subject;
    private boolean recorded;
    private long value;

    @Setup
    public void start() throws ClassNotFoundException {
        container = new Weld()
                .disableDiscovery()
                .setBeanDiscoveryMode(BeanDiscoveryMode.ALL)
                .addPackages(false, Monitored.class)
                .addBeanClasses(BenchRecorder.sinks(sinks.equals("all")))
                .addBeanClasses(BenchRecorder.class, Subject.class, NoOpInterceptor.class)
                .initialize();
        subject = container.select(Subject.class).get();
        if (sinks.equals("all")) {
            container.select(BenchDrain.class).get().start();
        }
    }

    @TearDown
    public void stop() {
        if (recorded && sinks.equals("all")) {
            container.select(BenchDrain.class).get().stop();
        }
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

    /** The floor that ours are compared with. */
    @Benchmark
    public long floorNoOpInterceptorAndTwoClockReads() {
        return value = subject.clockReads(value);
    }

    @Benchmark
    public long monitored() {
        recorded = true;
        return value = subject.monitored(value);
    }

    @Benchmark
    public long monitoredDbOperation() {
        recorded = true;
        return value = subject.db(value);
    }

    @Benchmark
    public long monitoredWorkflowStep() {
        recorded = true;
        return value = subject.step(value);
    }

    @Benchmark
    public long monitoredTool() {
        recorded = true;
        return value = subject.tool(value);
    }
}
