package org.ergograph.history;

import java.util.ArrayList;
import java.util.List;
import org.ergograph.history.names.Names.SeriesName;
import org.ergograph.window.Distribution;

/**
 * Reads a block of the audit journal, record by record: {@link #next} says what comes, and the fields of that hold what it is.
 * Not thread-safe.
 */
final class BlockReader {
    private final BlockInput input;
    private final String node;
    private final List<SeriesName> seriesNames;
    private final List<String> texts;
    private final int firstRecord;
    private final int records;
    private int read;

    /** Number of the series in {@link #seriesNames}: of rows, tallies and samples. */
    int series;

    long startEpochNanos;
    long durationNanos;
    int status;
    long traceIdHigh;
    long traceIdLow;
    /** Number in {@link #texts} plus one, 0 if there is none. */
    int errorType;
    /** As {@link #errorType}. */
    int principal;
    /** -1 if unknown. */
    long requestBytes;
    /** -1 if unknown. */
    long responseBytes;
    /** Of tallies and samples. */
    long epochSecond;

    Distribution distribution = Distribution.empty();
    double value;
    long epochMinute;
    Omission reason = Omission.SAMPLED;
    long omitted;

    /**
     * @param records how many records the block is said to have
     * @throws BlockException if it is of another version, or its dictionary is not right
     */
    BlockReader(byte[] payload, int records) throws BlockException {
        this.input = new BlockInput(payload);
        int version = input.next();
        if (version != BlockFormat.VERSION) {
            throw new BlockException("version " + version + ", this program reads " + BlockFormat.VERSION);
        }
        this.node = input.text();
        int series = input.count();
        this.seriesNames = new ArrayList<>(series);
        for (int i = 0; i < series; i++) {
            seriesNames.add(new SeriesName(input.text(), input.text(), input.text(), input.text()));
        }
        int count = input.count();
        this.texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(input.text());
        }
        this.firstRecord = input.position();
        this.records = records;
    }

    /**
     * Reads all records once.
     *
     * @throws BlockException if there is anything in it that could not be read later
     */
    int check() throws BlockException {
        rewind();
        int rows = 0;
        for (int i = 0; i < records; i++) {
            if (next() == BlockFormat.ROW) {
                rows++;
            }
        }
        if (input.left() > 0) {
            throw new BlockException(input.left() + " bytes after the last record");
        }
        rewind();
        return rows;
    }

    String node() {
        return node;
    }

    List<SeriesName> seriesNames() {
        return seriesNames;
    }

    List<String> texts() {
        return texts;
    }

    /** How many records have been read. */
    int position() {
        return read;
    }

    /** Goes back to before the first record. */
    void rewind() {
        input.position(firstRecord);
        read = 0;
        startEpochNanos = 0;
        traceIdHigh = 0;
        traceIdLow = 0;
    }

    /** Reads the next record and says what it is; only while there is one. */
    int next() throws BlockException {
        int tag = input.next();
        read++;
        int type = tag & BlockFormat.TYPE_MASK;
        switch (type) {
            case BlockFormat.ROW -> row(tag);
            case BlockFormat.TALLY -> tally();
            case BlockFormat.SAMPLE -> sample();
            case BlockFormat.OMISSION -> omission();
            default -> throw new BlockException("a record of type " + type);
        }
        return type;
    }

    private void row(int tag) throws BlockException {
        series = input.index(seriesNames.size());
        startEpochNanos += input.signed();
        durationNanos = input.number();
        if (durationNanos < 0) {
            throw new BlockException("a duration below 0");
        }
        if ((tag & BlockFormat.SAME_TRACE) == 0) {
            traceIdHigh = input.fixed();
            traceIdLow = input.fixed();
        }
        status = (tag & BlockFormat.STATUS) == 0 ? 0 : input.index(1 << Short.SIZE);
        boolean hasTexts = (tag & BlockFormat.TEXTS) != 0;
        errorType = hasTexts ? input.index(texts.size() + 1) : 0;
        principal = hasTexts ? input.index(texts.size() + 1) : 0;
        requestBytes = (tag & BlockFormat.REQUEST_BYTES) == 0 ? -1 : input.number();
        responseBytes = (tag & BlockFormat.RESPONSE_BYTES) == 0 ? -1 : input.number();
    }

    private void tally() throws BlockException {
        series = input.index(seriesNames.size());
        epochSecond = input.signed();
        long errors = input.number();
        long sumNanos = input.signed();
        long minNanos = input.number();
        long maxNanos = input.number();
        try {
            distribution = Distribution.decode(input.bytes(), errors, sumNanos, minNanos, maxNanos);
        } catch (IllegalArgumentException e) {
            throw new BlockException("no sketch: " + e.getMessage());
        }
    }

    private void sample() throws BlockException {
        series = input.index(seriesNames.size());
        epochSecond = input.signed();
        value = Double.longBitsToDouble(input.fixed());
    }

    private void omission() throws BlockException {
        epochMinute = input.signed();
        reason = Omission.of(input.next());
        omitted = input.number();
    }
}
