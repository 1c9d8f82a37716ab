package org.ergograph.history;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The newest blocks in memory, on their way from the journal's thread to the committer: bounded, so that some are only in the
 * file. Beside them, until the journal takes them, those that it could not take. Thread-safe; nobody waits for a file.
 */
final class RecentBlocks {
    private final long maxBytes;
    private final Deque<AuditBlock> blocks = new ArrayDeque<>();
    private final Deque<AuditBlock> unstored = new ArrayDeque<>();
    private long bytes;
    private long unstoredBytes;
    private long end;
    private long committed;

    /** @param maxBytes how many bytes of blocks there may be; one block may be partly beyond */
    RecentBlocks(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Whether there is room for a block that is in no file. */
    synchronized boolean hasRoom() {
        return bytes < maxBytes && unstoredBytes < maxBytes;
    }

    /** Offers a block that the journal has; answers whether there was room, else it is in the file only. */
    synchronized boolean offer(AuditBlock block) {
        end = block.end();
        if (bytes >= maxBytes) {
            return false;
        }
        add(block);
        return true;
    }

    /** Takes a block that the journal could not take. */
    synchronized void addUnstored(AuditBlock block) {
        end = block.end();
        add(block);
        unstored.add(block);
        unstoredBytes += block.payload().length;
    }

    private void add(AuditBlock block) {
        blocks.add(block);
        bytes += block.payload().length;
    }

    /** The oldest block that the journal could not take and that is not committed; null if there is none. */
    synchronized @Nullable AuditBlock oldestUnstored() {
        while (!unstored.isEmpty() && unstored.element().end() <= committed) {
            unstoredBytes -= unstored.remove().payload().length;
        }
        return unstored.peek();
    }

    /** Says that the journal has taken the block that {@link #oldestUnstored} told of. */
    synchronized void stored(AuditBlock block) {
        if (unstored.peek() == block) {
            unstored.remove();
            unstoredBytes -= block.payload().length;
        }
    }

    /** How many rows only memory has. */
    synchronized long unstoredRows() {
        return unstored.stream()
                .filter(block -> block.end() > committed)
                .mapToLong(AuditBlock::rows)
                .sum();
    }

    /** Says that everything below this sequence number is in the database. */
    synchronized void committed(long before) {
        committed = before;
    }

    /** How many records were handed over and are not in the database. */
    synchronized long backlog() {
        return Math.max(0, end - committed);
    }

    /** The sequence number after the last record that was handed over. */
    synchronized long end() {
        return end;
    }

    /** The block in memory that holds the record of this number; null if it is in the file, or there is none yet. */
    synchronized @Nullable AuditBlock take(long sequence) {
        AuditBlock head = blocks.peek();
        while (head != null && head.end() <= sequence) {
            remove();
            head = blocks.peek();
        }
        return head == null || head.first() > sequence ? null : remove();
    }

    /** The oldest block in memory, whatever should have been before it; null if there is none. */
    synchronized @Nullable AuditBlock takeOldest() {
        return blocks.isEmpty() ? null : remove();
    }

    /** The oldest block in memory if it comes before the record of this number; null if it does not. */
    synchronized @Nullable AuditBlock takeBefore(long sequence) {
        AuditBlock head = blocks.peek();
        return head == null || head.first() >= sequence ? null : remove();
    }

    private AuditBlock remove() {
        AuditBlock block = blocks.remove();
        bytes -= block.payload().length;
        return block;
    }

    /** When the oldest row in memory ended; the greatest number if there is none. */
    synchronized long oldestEndEpochNanos() {
        AuditBlock head = blocks.peek();
        return head == null ? Long.MAX_VALUE : head.oldestEndEpochNanos();
    }
}
