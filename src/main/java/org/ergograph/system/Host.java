package org.ergograph.system;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Reads the figures of process and host where the platform has them. Never waits for a measurement. Not thread-safe. */
final class Host {
    private final OperatingSystemMXBean os = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final MemoryMXBean heap = ManagementFactory.getMemoryMXBean();
    private final Path root;
    private final HostMemory memory;
    private final Path dataDirectory;
    private final Rising network = new Rising();
    private final Rising disks = new Rising();

    /** @param root what the paths of the kernel's files begin with, {@code /} outside tests */
    Host(Path root, Path dataDirectory) {
        this.root = root;
        this.memory = new HostMemory(root);
        this.dataDirectory = dataDirectory.toAbsolutePath();
        // Load is reckoned from one call to the next, so the first one's answer means nothing.
        os.getCpuLoad();
    }

    SystemState read(Instant now) {
        MemoryUsage used = heap.getHeapMemoryUsage();
        return new SystemState(
                now,
                cpuPercent(os.getCpuLoad()),
                memory.read(os.getTotalMemorySize(), os.getFreeMemorySize()),
                disk(),
                used.getUsed(),
                used.getCommitted(),
                used.getMax() < 0 ? OptionalLong.empty() : OptionalLong.of(used.getMax()),
                heap.getNonHeapMemoryUsage().getUsed(),
                network.next(KernelTotals.network(ProcFile.lines(root.resolve("proc/net/dev")))),
                disks.next(KernelTotals.disks(ProcFile.lines(root.resolve("proc/diskstats")))));
    }

    /** @param load 0 to 1; negative or NaN if the runtime does not know it */
    static OptionalDouble cpuPercent(double load) {
        return load >= 0 ? OptionalDouble.of(Math.min(1, load) * 100) : OptionalDouble.empty();
    }

    private Optional<Usage> disk() {
        Path existing = dataDirectory;
        // The directory is made by whoever needs it first; until then its volume is that of the nearest one above.
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        try {
            FileStore volume = Files.getFileStore(existing);
            long total = volume.getTotalSpace();
            return total <= 0
                    ? Optional.empty()
                    : Optional.of(new Usage(Math.max(0, total - volume.getUnallocatedSpace()), total));
        } catch (IOException e) {
            return Optional.empty(); // the platform does not tell, or the volume is gone
        }
    }
}
