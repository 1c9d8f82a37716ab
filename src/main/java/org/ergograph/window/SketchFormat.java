package org.ergograph.window;

import com.datadoghq.sketch.ddsketch.encoding.BinEncodingMode;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.Flag;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.encoding.IndexMappingLayout;
import com.datadoghq.sketch.ddsketch.encoding.Input;
import com.datadoghq.sketch.ddsketch.encoding.VarEncodingHelper;
import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The sketch library's own encoding, read and written bin by bin: a merge of thousands of small sketches needs no object of
 * the library for each. A sketch that names no mapping has {@link Buckets#MAPPING}.
 */
final class SketchFormat {
    /** Takes the bins of a sketch. */
    interface Bins {
        /** Observations of 0. */
        void zeros(long count);

        /** Observations of values above 0 whose index in the mapping is this. */
        void positive(int index, long count);

        /** Observations of values below 0 of whose amount the index in the mapping is this. */
        void negative(int index, long count);
    }

    private SketchFormat() {}

    /** Appends observations of 0, if there are any. */
    static void writeZeros(GrowingByteArrayOutput bytes, long zeros) {
        if (zeros > 0) {
            try {
                Flag.ZERO_COUNT.encode(bytes);
                VarEncodingHelper.encodeVarDouble(bytes, (double) zeros);
            } catch (IOException e) {
                throw new UncheckedIOException(e); // an array in memory has none
            }
        }
    }

    /**
     * Appends bins, if there are any.
     *
     * @param indexes ascending, from {@code from} inclusive to {@code to} exclusive
     */
    static void writeBins(
            GrowingByteArrayOutput bytes, Flag.Type sign, int[] indexes, long[] counts, int from, int to) {
        if (from == to) {
            return;
        }
        boolean ones = true;
        for (int i = from; i < to; i++) {
            ones &= counts[i] == 1;
        }
        try {
            BinEncodingMode mode = ones ? BinEncodingMode.INDEX_DELTAS : BinEncodingMode.INDEX_DELTAS_AND_COUNTS;
            mode.toFlag(sign).encode(bytes);
            VarEncodingHelper.encodeUnsignedVarLong(bytes, to - from);
            int before = 0;
            for (int i = from; i < to; i++) {
                VarEncodingHelper.encodeSignedVarLong(bytes, (long) indexes[i] - before);
                before = indexes[i];
                if (!ones) {
                    VarEncodingHelper.encodeVarDouble(bytes, (double) counts[i]);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array in memory has none
        }
    }

    /** @throws IllegalArgumentException if the bytes are no sketch of this mapping with whole counts */
    static void read(byte[] sketch, Bins bins) {
        ByteArrayInput input = ByteArrayInput.wrap(sketch);
        try {
            while (input.hasRemaining()) {
                Flag flag = Flag.decode(input);
                switch (flag.type()) {
                    case POSITIVE_STORE -> readBins(input, BinEncodingMode.ofFlag(flag), bins, false);
                    case NEGATIVE_STORE -> readBins(input, BinEncodingMode.ofFlag(flag), bins, true);
                    case INDEX_MAPPING -> {
                        IndexMapping mapping = IndexMapping.decode(input, IndexMappingLayout.ofFlag(flag));
                        if (!mapping.equals(Buckets.MAPPING)) {
                            throw new IllegalArgumentException("the sketch has other buckets: " + mapping);
                        }
                    }
                    case SKETCH_FEATURES -> {
                        double value = VarEncodingHelper.decodeVarDouble(input);
                        if (!flag.equals(Flag.ZERO_COUNT)) {
                            throw new IllegalArgumentException("the sketch has more than bins");
                        }
                        bins.zeros(whole(value));
                    }
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("no sketch: " + e, e);
        }
    }

    private static void readBins(Input input, BinEncodingMode mode, Bins bins, boolean negative) throws IOException {
        long left = VarEncodingHelper.decodeUnsignedVarLong(input);
        boolean contiguous = mode == BinEncodingMode.CONTIGUOUS_COUNTS;
        boolean ones = mode == BinEncodingMode.INDEX_DELTAS;
        long index = contiguous ? VarEncodingHelper.decodeSignedVarLong(input) : 0;
        long step = contiguous ? VarEncodingHelper.decodeSignedVarLong(input) : 0;
        for (; left > 0; left--) {
            if (!contiguous) {
                index += VarEncodingHelper.decodeSignedVarLong(input);
            }
            long count = ones ? 1 : whole(VarEncodingHelper.decodeVarDouble(input));
            if (negative) {
                bins.negative(Math.toIntExact(index), count);
            } else {
                bins.positive(Math.toIntExact(index), count);
            }
            index += step;
        }
    }

    private static long whole(double count) {
        long whole = (long) count;
        if (whole != count || whole < 0) {
            throw new IllegalArgumentException("the sketch counts " + count + " observations in a bin");
        }
        return whole;
    }
}
