package org.ergograph.system;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Memory of the host, or of the container where it has a limit of its own. What the kernel would give back at once, its file
 * caches above all, is not in use: a host that merely reads files is not full.
 */
final class HostMemory {
    private final Path root;

    /** @param root what the paths of the kernel's files begin with, {@code /} outside tests */
    HostMemory(Path root) {
        this.root = root;
    }

    /**
     * @param totalBytes the memory that the Java runtime sees, which is the container's limit in a container that has one
     * @param freeBytes what of it the Java runtime takes for free, which does not include caches
     */
    Optional<Usage> read(long totalBytes, long freeBytes) {
        if (totalBytes <= 0) {
            return Optional.empty();
        }
        List<String> meminfo = ProcFile.lines(root.resolve("proc/meminfo"));
        long hostBytes = field(meminfo, "MemTotal:") * 1024;
        long availableBytes = field(meminfo, "MemAvailable:") * 1024;
        long used = totalBytes - freeBytes;
        if (hostBytes > 0 && totalBytes < hostBytes) {
            long container = containerBytes();
            used = container >= 0 ? container : used;
        } else if (hostBytes > 0 && availableBytes >= 0) {
            used = hostBytes - availableBytes;
        }
        return Optional.of(new Usage(Math.min(totalBytes, Math.max(0, used)), totalBytes));
    }

    /** What the control group uses without its inactive file pages, as Kubernetes reckons it; -1 if it is not told. */
    private long containerBytes() {
        Path second = root.resolve("sys/fs/cgroup");
        long used = sole(ProcFile.lines(second.resolve("memory.current")));
        if (used >= 0) {
            return used - Math.max(0, field(ProcFile.lines(second.resolve("memory.stat")), "inactive_file"));
        }
        Path first = second.resolve("memory");
        used = sole(ProcFile.lines(first.resolve("memory.usage_in_bytes")));
        return used < 0
                ? -1
                : used - Math.max(0, field(ProcFile.lines(first.resolve("memory.stat")), "total_inactive_file"));
    }

    private static long sole(List<String> lines) {
        return lines.isEmpty() ? -1 : ProcFile.number(lines.get(0));
    }

    /** The number after the name, or -1. */
    private static long field(List<String> lines, String name) {
        for (String line : lines) {
            if (line.startsWith(name + " ") || line.startsWith(name + "\t")) {
                String rest = line.substring(name.length()).strip();
                int space = rest.indexOf(' ');
                return ProcFile.number(space < 0 ? rest : rest.substring(0, space));
            }
        }
        return -1;
    }
}
