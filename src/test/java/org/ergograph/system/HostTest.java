package org.ergograph.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostTest {
    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

    @TempDir
    private Path directory;

    @Test
    void figuresOfThisProcessAreThere() {
        SystemState state = new Host(Path.of("/"), directory).read(NOW);
        assertThat(state.at()).isEqualTo(NOW);
        assertThat(state.heapUsedBytes()).isPositive().isLessThanOrEqualTo(state.heapCommittedBytes());
        assertThat(state.heapMaxBytes().orElseThrow()).isGreaterThanOrEqualTo(state.heapCommittedBytes());
        assertThat(state.nonHeapUsedBytes()).isPositive();
        assertThat(state.memory().orElseThrow().percent()).isBetween(0.1, 100.0);
        assertThat(state.disk().orElseThrow().percent()).isBetween(0.0, 100.0);
    }

    @Test
    void volumeOfADirectoryThatIsNotThereYetIsThatOfTheOneAbove() {
        Host there = new Host(Path.of("/"), directory);
        Host notYet = new Host(Path.of("/"), directory.resolve("not/yet"));
        assertThat(notYet.read(NOW).disk().orElseThrow().totalBytes())
                .isEqualTo(there.read(NOW).disk().orElseThrow().totalBytes());
    }

    @Test
    void whatTheKernelDoesNotTellIsAbsent() {
        SystemState state = new Host(directory, directory).read(NOW);
        assertThat(state.network()).isEmpty();
        assertThat(state.disks()).isEmpty();
        assertThat(state.memory()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.25, 25", "1, 100", "1.3, 100"})
    void loadIsToldInPercent(double load, double percent) {
        assertThat(Host.cpuPercent(load)).hasValue(percent);
    }

    @ParameterizedTest
    @CsvSource({"-1", "NaN"})
    void loadThatTheRuntimeDoesNotKnowIsAbsent(double load) {
        assertThat(Host.cpuPercent(load)).isEmpty();
    }
}
