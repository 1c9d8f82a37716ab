package org.ergograph.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostMemoryTest {
    private static final long MIB = 1 << 20;

    @TempDir
    private Path root;

    private void file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void hostOf1024Mib() throws IOException {
        file("proc/meminfo", "MemTotal:        1048576 kB\nMemFree:  1024 kB\nMemAvailable:    786432 kB\n");
    }

    @Test
    void cachesOfTheHostAreNotInUse() throws IOException {
        hostOf1024Mib();
        assertThat(new HostMemory(root).read(1024 * MIB, MIB)).contains(new Usage(256 * MIB, 1024 * MIB));
    }

    @Test
    void containerWithALimitIsReadFromItsControlGroup() throws IOException {
        hostOf1024Mib();
        file("sys/fs/cgroup/memory.current", "209715200\n");
        file("sys/fs/cgroup/memory.stat", "anon 1\nfile 5\ninactive_file 104857600\nactive_file 7\n");
        assertThat(new HostMemory(root).read(512 * MIB, MIB)).contains(new Usage(100 * MIB, 512 * MIB));
    }

    @Test
    void olderControlGroupIsReadToo() throws IOException {
        hostOf1024Mib();
        file("sys/fs/cgroup/memory/memory.usage_in_bytes", "209715200\n");
        file("sys/fs/cgroup/memory/memory.stat", "inactive_file 1\ntotal_inactive_file 52428800\n");
        assertThat(new HostMemory(root).read(512 * MIB, MIB)).contains(new Usage(150 * MIB, 512 * MIB));
    }

    @Test
    void controlGroupWithoutALimitIsNotTheMeasure() throws IOException {
        hostOf1024Mib();
        file("sys/fs/cgroup/memory.current", "1\n");
        assertThat(new HostMemory(root).read(1024 * MIB, MIB)).contains(new Usage(256 * MIB, 1024 * MIB));
    }

    @Test
    void elsewhereTheRuntimesFiguresStand() {
        assertThat(new HostMemory(root).read(1024 * MIB, 24 * MIB)).contains(new Usage(1000 * MIB, 1024 * MIB));
        assertThat(new HostMemory(root).read(0, 0)).isEmpty();
    }

    @Test
    void nonsenseIsNoFigure() throws IOException {
        file("proc/meminfo", "MemTotal: many kB\nMemAvailable:\n");
        assertThat(new HostMemory(root).read(1024 * MIB, 24 * MIB)).contains(new Usage(1000 * MIB, 1024 * MIB));
    }
}
