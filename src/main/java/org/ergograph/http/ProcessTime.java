package org.ergograph.http;

/** Writes elapsed time as the response headers want it, with three or six decimals and no exponent. */
final class ProcessTime {
    static final String X_PROCESS_TIME = "X-Process-Time";
    static final String SERVER_TIMING = "Server-Timing";

    private ProcessTime() {}

    /** Seconds with six decimals, {@code 0.001284} say; negative time is none. */
    static String seconds(long nanos) {
        return decimal("", micros(nanos), 6);
    }

    /** The {@code Server-Timing} metric {@code app} in milliseconds with three decimals, {@code app;dur=1.284} say. */
    static String serverTiming(long nanos) {
        return decimal("app;dur=", micros(nanos), 3);
    }

    private static long micros(long nanos) {
        return Math.max(0, nanos) / 1000;
    }

    private static String decimal(String before, long value, int decimals) {
        StringBuilder text = new StringBuilder(24).append(before);
        int start = text.length();
        text.append(value);
        while (text.length() - start <= decimals) {
            text.insert(start, '0');
        }
        return text.insert(text.length() - decimals, '.').toString();
    }
}
