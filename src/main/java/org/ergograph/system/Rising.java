package org.ergograph.system;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps a total from going down when a device that was part of it is gone. Not thread-safe. */
final class Rising {
    private @Nullable Transfer read;
    private @Nullable Transfer total;

    /** The total so far; a reading below the one before counts as a new beginning. */
    Optional<Transfer> next(Optional<Transfer> reading) {
        if (reading.isPresent()) {
            Transfer now = reading.get();
            Transfer before = read;
            Transfer sum = total;
            total = before == null || sum == null
                    ? now
                    : new Transfer(
                            sum.inBytes() + Math.max(0, now.inBytes() - before.inBytes()),
                            sum.outBytes() + Math.max(0, now.outBytes() - before.outBytes()));
            read = now;
        }
        return Optional.ofNullable(total);
    }
}
