package org.ergograph.system;

/**
 * How much of something is in use. Immutable.
 *
 * @param totalBytes more than 0
 */
public record Usage(long usedBytes, long totalBytes) {
    /** The share in use, 0 to 100. */
    public double percent() {
        return Math.min(100, Math.max(0, 100.0 * usedBytes / totalBytes));
    }
}
