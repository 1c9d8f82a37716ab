package org.ergograph.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleConsumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.ergograph.observation.Meters;
import org.ergograph.observation.Metric;
import org.ergograph.observation.Metrics;
import org.ergograph.observation.NotingRecorder;
import org.ergograph.observation.Sample;
import org.ergograph.observation.TimeSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemSamplerTest {
    private static final class ManualTime implements TimeSource {
        long nanos = 1;

        @Override
        public long nanoTime() {
            return nanos;
        }

        @Override
        public long epochNanos(long nanoTime) {
            return nanoTime;
        }
    }

    private static final class Published implements Meters {
        final Map<Metric, LongSupplier> counters = new HashMap<>();
        final Map<Metric, DoubleSupplier> gauges = new HashMap<>();
        final List<String> collectors = new ArrayList<>();

        @Override
        public void announce(Metric metric) {
            throw new AssertionError();
        }

        @Override
        public void counter(Metric metric, LongSupplier total, String... labelValues) {
            counters.put(metric, total);
        }

        @Override
        public void gauge(Metric metric, DoubleSupplier value, String... labelValues) {
            gauges.put(metric, value);
        }

        @Override
        public DoubleConsumer histogram(Metric metric, String... labelValues) {
            assertThat(metric).isEqualTo(Metrics.GC_PAUSE);
            collectors.add(labelValues[0]);
            return seconds -> {};
        }

        double gauge(Metric metric) {
            return Objects.requireNonNull(gauges.get(metric)).getAsDouble();
        }

        long counter(Metric metric) {
            return Objects.requireNonNull(counters.get(metric)).getAsLong();
        }
    }

    @TempDir
    private Path root;

    private final ManualTime time = new ManualTime();
    private final NotingRecorder recorder = new NotingRecorder();
    private final Published meters = new Published();
    private final List<SystemSampler> started = new ArrayList<>();

    @BeforeEach
    void writeKernelFiles() throws IOException {
        Files.createDirectories(root.resolve("proc/net"));
        traffic(1_000, 100);
    }

    @AfterEach
    void stopSamplers() {
        started.forEach(SystemSampler::stop);
    }

    private void traffic(long in, long out) throws IOException {
        Files.writeString(root.resolve("proc/net/dev"), "eth0: " + in + " 0 0 0 0 0 0 0 " + out + " 0 0\n");
    }

    private SystemSampler sampler() {
        SystemSampler sampler = new SystemSampler(Duration.ofSeconds(30), time, recorder, meters, new Host(root, root));
        started.add(sampler);
        return sampler;
    }

    private void pass(Duration duration) {
        time.nanos += duration.toNanos();
    }

    @Test
    void firstSampleIsTakenWithinASecondAndTheNextAtTheInterval() {
        SystemSampler sampler = sampler();
        assertThat(sampler.interval()).isLessThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(sampler.latest()).isEmpty();
        sampler.run();
        assertThat(sampler.latest()).isPresent();
        int first = recorder.samples().size();
        pass(Duration.ofMillis(29_999));
        sampler.run();
        assertThat(recorder.samples()).hasSize(first);
        pass(Duration.ofMillis(1));
        sampler.run();
        assertThat(recorder.samples()).hasSizeGreaterThan(first);
    }

    @Test
    void gaugesTellTheLatestSampleAndNothingBeforeTheFirst() {
        SystemSampler sampler = sampler();
        assertThat(meters.gauge(Metrics.HEAP_USED)).isNaN();
        sampler.run();
        SystemState state = sampler.latest().orElseThrow();
        assertThat(meters.gauge(Metrics.HEAP_USED)).isEqualTo((double) state.heapUsedBytes());
        assertThat(meters.gauge(Metrics.HEAP_COMMITTED)).isEqualTo((double) state.heapCommittedBytes());
        assertThat(meters.gauge(Metrics.HEAP_MAX))
                .isEqualTo((double) state.heapMaxBytes().orElseThrow());
        assertThat(meters.gauge(Metrics.NON_HEAP_USED)).isEqualTo((double) state.nonHeapUsedBytes());
        assertThat(meters.gauge(Metrics.MEMORY))
                .isEqualTo((double) state.memory().orElseThrow().usedBytes());
        assertThat(meters.gauge(Metrics.DISK))
                .isEqualTo((double) state.disk().orElseThrow().usedBytes());
        assertThat(meters.gauges).containsKey(Metrics.CPU);
    }

    @Test
    void totalsAreCountersWhereTheKernelTellsThem() throws IOException {
        SystemSampler sampler = sampler();
        assertThat(meters.counter(Metrics.NETWORK_RECEIVE)).isEqualTo(1_000);
        traffic(1_500, 160);
        sampler.run();
        assertThat(meters.counter(Metrics.NETWORK_RECEIVE)).isEqualTo(1_500);
        assertThat(meters.counter(Metrics.NETWORK_TRANSMIT)).isEqualTo(160);
        assertThat(meters.counters).doesNotContainKeys(Metrics.DISK_READ, Metrics.DISK_WRITTEN);
    }

    @Test
    void samplesHaveUnitsAndRatesFromTheSecondOneOn() throws IOException {
        SystemSampler sampler = sampler();
        sampler.run();
        assertThat(recorder.samples())
                .extracting(Sample::name)
                .contains("memory_usage_percent", "disk_usage_bytes", "heap_used_bytes", "non_heap_used_bytes")
                .doesNotContain("network_receive_bytes_per_second");
        traffic(4_000, 400);
        pass(Duration.ofSeconds(30));
        sampler.run();
        assertThat(recorder.samples())
                .contains(new Sample("network_receive_bytes_per_second", "By/s", time.now(), 100))
                .contains(new Sample("network_transmit_bytes_per_second", "By/s", time.now(), 10))
                .allSatisfy(sample -> assertThat(sample.value()).isFinite());
    }

    @Test
    void freshStateIsReadOnceForAllWhoAskSoon() {
        SystemSampler sampler = sampler();
        SystemState first = sampler.fresh(Duration.ofMillis(100));
        pass(Duration.ofMillis(100));
        assertThat(sampler.fresh(Duration.ofMillis(100))).isSameAs(first);
        pass(Duration.ofMillis(1));
        assertThat(sampler.fresh(Duration.ofMillis(100))).isNotSameAs(first);
    }

    @Test
    void freshStateIsNoSampleAndDoesNotPutTheNextOneOff() {
        SystemSampler sampler = sampler();
        sampler.fresh(Duration.ZERO);
        assertThat(sampler.latest()).isEmpty();
        assertThat(recorder.samples()).isEmpty();
        sampler.run();
        SystemState sample = sampler.latest().orElseThrow();
        pass(Duration.ofSeconds(29));
        sampler.fresh(Duration.ZERO);
        assertThat(sampler.latest()).containsSame(sample);
        pass(Duration.ofSeconds(1));
        sampler.run();
        assertThat(sampler.latest()).isPresent().get().isNotSameAs(sample);
        assertThat(sampler.latest().orElseThrow().at()).isEqualTo(time.now());
    }

    @Test
    void everyCollectorThatPausesIsPublished() {
        sampler();
        assertThat(meters.collectors).isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    void withoutMetersItStillSamples() {
        SystemSampler sampler = new SystemSampler(Duration.ofSeconds(30), time, recorder, null, new Host(root, root));
        sampler.run();
        sampler.stop();
        assertThat(recorder.samples()).isNotEmpty();
    }
}
