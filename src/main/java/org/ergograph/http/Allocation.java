package org.ergograph.http;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** How many bytes the current thread has allocated so far, where the JVM tells. Thread-safe. */
final class Allocation {
    private final @Nullable ThreadMXBean threads;

    private Allocation(@Nullable ThreadMXBean threads) {
        this.threads = threads;
    }

    /** @param wanted whether to ask at all */
    static Allocation of(boolean wanted) {
        if (!wanted) {
            return new Allocation(null);
        }
        try {
            ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
            boolean tells = threads != null
                    && threads.isThreadAllocatedMemorySupported()
                    && threads.isThreadAllocatedMemoryEnabled();
            return new Allocation(tells ? threads : null);
        } catch (LinkageError | IllegalArgumentException | UnsupportedOperationException e) {
            // A JVM without this bean: the metric stays away, as its definition says.
            return new Allocation(null);
        }
    }

    /** The bytes allocated by the current thread since it began, or -1 if unknown. */
    long read() {
        return threads == null ? -1 : threads.getCurrentThreadAllocatedBytes();
    }
}
