package org.ergograph.observation;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Trace ids as two 64-bit halves: made, written, and read from a W3C {@code traceparent}. */
public final class TraceIds {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private TraceIds() {}

    /** A random half of a trace id, never 0. */
    public static long random() {
        long half;
        do {
            half = ThreadLocalRandom.current().nextLong();
        } while (half == 0);
        return half;
    }

    /** 32 hexadecimal digits in lower case. */
    public static String format(long high, long low) {
        char[] text = new char[32];
        for (int i = 0; i < 16; i++) {
            text[i] = HEX[(int) (high >>> (60 - 4 * i)) & 15];
            text[16 + i] = HEX[(int) (low >>> (60 - 4 * i)) & 15];
        }
        return new String(text);
    }

    /** Whether the text is a {@code traceparent} of version 00 to fe with a usable trace id. */
    public static boolean isTraceparent(@Nullable String text) {
        if (text == null
                || text.length() < 55
                || text.charAt(2) != '-'
                || text.charAt(35) != '-'
                || text.charAt(52) != '-') {
            return false;
        }
        if (text.startsWith("ff") || (text.startsWith("00") && text.length() != 55)) {
            return false;
        }
        return isHex(text, 0, 2)
                && isHex(text, 3, 35)
                && isHex(text, 36, 52)
                && isHex(text, 53, 55)
                && (high(text) != 0 || low(text) != 0);
    }

    /** The upper half of the trace id in a text that {@link #isTraceparent} accepts. */
    public static long high(String traceparent) {
        return Long.parseUnsignedLong(traceparent, 3, 19, 16);
    }

    /** The lower half of the trace id in a text that {@link #isTraceparent} accepts. */
    public static long low(String traceparent) {
        return Long.parseUnsignedLong(traceparent, 19, 35, 16);
    }

    /** Whether the caller records the trace, as a text says that {@link #isTraceparent} accepts. */
    public static boolean isSampled(String traceparent) {
        return (Character.digit(traceparent.charAt(54), 16) & 1) != 0;
    }

    private static boolean isHex(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                return false;
            }
        }
        return true;
    }
}
