package org.ergograph.history.journal;

/** A file of the journal as {@link Holdings} knows it, which guards what changes. */
final class Segment {
    final SegmentName name;
    final long first;

    /** The sequence number after its last record. */
    long end;

    /** The offset in the file at which blocks end. */
    long limit;

    /** What the file takes, in bytes: more than the limit if something unusable is behind it. */
    long size;

    /** Whether nothing will be appended to it any more. */
    boolean complete;

    /** Whether damage in it was told. */
    boolean damageTold;

    Segment(SegmentName name, long first, long end, long limit, boolean complete) {
        this.name = name;
        this.first = first;
        this.end = end;
        this.limit = limit;
        size = limit;
        this.complete = complete;
    }
}
