package org.ergograph.database;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Makes ids that are unique without asking anybody and sort by the time they were made: UUIDs of version 7 (RFC 9562, 5.7),
 * those of one millisecond in order by a counter in the place of the first 12 random bits. Thread-safe.
 */
public final class TimeOrderedIds {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final LongSupplier epochMillis;
    private long last;

    /** @param epochMillis milliseconds since 1970-01-01T00:00:00Z */
    public TimeOrderedIds(LongSupplier epochMillis) {
        this.epochMillis = epochMillis;
    }

    /** Whether the text has the form of an id. */
    public static boolean isId(String text) {
        return FORM.matcher(text).matches();
    }

    /** A new id: 36 characters in lower case. */
    public String next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long stamp;
        synchronized (this) {
            // Milliseconds and counter as one number: a counter that runs over borrows from the next millisecond.
            stamp = Math.max(epochMillis.getAsLong() << 12 | random.nextInt(1 << 11), last + 1);
            last = stamp;
        }
        long high = (stamp >>> 12) << 16 | 0x7000 | (stamp & 0xfff);
        long low = 0x8000_0000_0000_0000L | (random.nextLong() >>> 2);
        return new UUID(high, low).toString();
    }
}
