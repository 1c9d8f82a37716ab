package org.ergograph.history;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.ergograph.history.names.Names.SeriesName;
import org.ergograph.observation.Sample;
import org.ergograph.observation.Series;
import org.ergograph.window.Distribution;
import org.jspecify.annotations.Nullable;

/** Makes blocks of the audit journal, one after the other, as {@link BlockFormat} says. Not thread-safe. */
final class BlockWriter implements ObservationRing.Taker {
    static final int MAX_RECORDS = 4096;
    private static final int MAX_BYTES = 256 * 1024;

    private final String node;
    private final BlockOutput dictionary = new BlockOutput(4096);
    private final BlockOutput records = new BlockOutput(MAX_BYTES + 4096);
    private final BlockOutput head = new BlockOutput(MAX_BYTES + 8192);
    /** By the id of the series in this process: its number in the dictionary, where the other array holds this block's stamp. */
    private int[] seriesNumbers = new int[256];

    private int[] seriesStamps = new int[256];
    private int stamp = 1;
    private int seriesCount;
    private final Map<SeriesName, Integer> samples = new HashMap<>();
    private final BlockOutput texts = new BlockOutput(4096);
    private final Map<String, Integer> textNumbers = new HashMap<>();
    private int count;
    private int rows;
    private long previousStart;
    private long previousHigh;
    private long previousLow;
    private long oldestEndEpochNanos;

    /** @param node the name of the node that observed it all */
    BlockWriter(String node) {
        this.node = node;
    }

    /** How many records are in the block that is being made. */
    int count() {
        return count;
    }

    /** How many of them are rows. */
    int rows() {
        return rows;
    }

    /** When the first row ended, nanoseconds since 1970; the greatest number if there is none. */
    long oldestEndEpochNanos() {
        return rows == 0 ? Long.MAX_VALUE : oldestEndEpochNanos;
    }

    boolean isFull() {
        return count >= MAX_RECORDS || records.size() + dictionary.size() + texts.size() >= MAX_BYTES;
    }

    @Override
    public void take(
            Series series,
            long startEpochNanos,
            long durationNanos,
            int status,
            @Nullable String errorType,
            long traceIdHigh,
            long traceIdLow,
            @Nullable String principal,
            long requestBytes,
            long responseBytes) {
        boolean sameTrace = rows > 0 && traceIdHigh == previousHigh && traceIdLow == previousLow;
        boolean texts = errorType != null || principal != null;
        records.put(BlockFormat.ROW
                | (sameTrace ? BlockFormat.SAME_TRACE : 0)
                | (status == 0 ? 0 : BlockFormat.STATUS)
                | (texts ? BlockFormat.TEXTS : 0)
                | (requestBytes < 0 ? 0 : BlockFormat.REQUEST_BYTES)
                | (responseBytes < 0 ? 0 : BlockFormat.RESPONSE_BYTES));
        records.number(number(series));
        records.signed(startEpochNanos - previousStart);
        records.number(durationNanos);
        if (!sameTrace) {
            records.fixed(traceIdHigh);
            records.fixed(traceIdLow);
        }
        if (status != 0) {
            records.number(status);
        }
        if (texts) {
            records.number(number(errorType));
            records.number(number(principal));
        }
        if (requestBytes >= 0) {
            records.number(requestBytes);
        }
        if (responseBytes >= 0) {
            records.number(responseBytes);
        }
        if (rows == 0) {
            oldestEndEpochNanos = startEpochNanos + durationNanos;
        }
        previousStart = startEpochNanos;
        previousHigh = traceIdHigh;
        previousLow = traceIdLow;
        rows++;
        count++;
    }

    /** Puts in what was counted of observations without a row. */
    void tally(Series series, long epochSecond, Distribution distribution) {
        records.put(BlockFormat.TALLY);
        records.number(number(series));
        records.signed(epochSecond);
        records.number(distribution.errors());
        records.signed(distribution.sumNanos());
        records.number(distribution.minNanos());
        records.number(distribution.maxNanos());
        records.bytes(distribution.compact());
        count++;
    }

    void sample(Sample sample) {
        SeriesName name = SeriesName.ofSample(sample.name(), sample.unit());
        Integer known = samples.get(name);
        if (known == null) {
            known = define(name);
            samples.put(name, known);
        }
        records.put(BlockFormat.SAMPLE);
        records.number(known);
        records.signed(sample.at().getEpochSecond());
        records.fixed(Double.doubleToRawLongBits(sample.value()));
        count++;
    }

    /** Puts in how many observations of a minute have no row. */
    void omission(long epochMinute, Omission reason, long observations) {
        records.put(BlockFormat.OMISSION);
        records.signed(epochMinute);
        records.put(reason.code());
        records.number(observations);
        count++;
    }

    private int number(Series series) {
        int id = series.id();
        if (id >= seriesNumbers.length) {
            int length = Math.max(id + 1, seriesNumbers.length * 2);
            seriesNumbers = Arrays.copyOf(seriesNumbers, length);
            seriesStamps = Arrays.copyOf(seriesStamps, length);
        }
        if (seriesStamps[id] != stamp) {
            seriesStamps[id] = stamp;
            seriesNumbers[id] = define(SeriesName.of(series));
        }
        return seriesNumbers[id];
    }

    private int define(SeriesName name) {
        dictionary.text(name.kind());
        dictionary.text(name.name());
        dictionary.text(name.first());
        dictionary.text(name.second());
        return seriesCount++;
    }

    /** The text's number in the dictionary plus one; 0 if there is none. */
    private int number(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        Integer known = textNumbers.get(text);
        if (known == null) {
            known = textNumbers.size() + 1;
            textNumbers.put(text, known);
            texts.text(text);
        }
        return known;
    }

    /** The block; the next one begins empty. */
    byte[] finish() {
        head.clear();
        head.put(BlockFormat.VERSION);
        head.text(node);
        head.number(seriesCount);
        head.append(dictionary);
        head.number(textNumbers.size());
        head.append(texts);
        head.append(records);
        clear();
        return head.copy();
    }

    private void clear() {
        dictionary.clear();
        texts.clear();
        textNumbers.clear();
        samples.clear();
        records.clear();
        seriesCount = 0;
        count = 0;
        rows = 0;
        previousStart = 0;
        stamp++;
    }
}
