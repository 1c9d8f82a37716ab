package org.ergograph.history;

/**
 * What a block of the audit journal looks like. A block can be read without anything else: it begins with {@link #VERSION}, the
 * name of the node, and its dictionary (the series, each as kind, name and two attributes, and the texts); the records follow.
 * A record begins with a byte whose lower three bits say what it is and whose upper five what it has beside:
 *
 * <ul>
 *   <li>{@link #ROW}: series, start since the row before it in nanoseconds, duration, and what the flags tell of
 *   <li>{@link #TALLY}: series, second, errors, sum, least and greatest duration, sketch
 *   <li>{@link #SAMPLE}: series, second, the value's 64 bits
 *   <li>{@link #OMISSION}: minute, reason, count
 * </ul>
 *
 * Numbers are as {@link BlockOutput} writes them; series and texts are numbers of the dictionary.
 */
final class BlockFormat {
    static final int VERSION = 1;

    static final int ROW = 0;
    static final int TALLY = 1;
    static final int SAMPLE = 2;
    static final int OMISSION = 3;

    static final int TYPE_MASK = 7;
    static final int SAME_TRACE = 1 << 3;
    static final int STATUS = 1 << 4;
    static final int TEXTS = 1 << 5;
    static final int REQUEST_BYTES = 1 << 6;
    static final int RESPONSE_BYTES = 1 << 7;

    private BlockFormat() {}
}
