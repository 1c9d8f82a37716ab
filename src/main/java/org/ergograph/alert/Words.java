package org.ergograph.alert;

import java.time.Duration;

/** Durations as people read them. */
public final class Words {
    private Words() {}

    /** The two greatest parts, {@code 1 h 30 min} say; {@code 0 s} if it is none. What is less than a second is cut off. */
    public static String of(Duration duration) {
        if (duration.isNegative()) {
            return "-" + of(duration.negated());
        }
        long[] amounts = {
            duration.toDays(), duration.toHoursPart(), duration.toMinutesPart(), duration.toSecondsPart(),
        };
        String[] units = {"d", "h", "min", "s"};
        for (int i = 0; i < amounts.length; i++) {
            if (amounts[i] > 0) {
                String first = amounts[i] + " " + units[i];
                boolean more = i + 1 < amounts.length && amounts[i + 1] > 0;
                return more ? first + " " + amounts[i + 1] + " " + units[i + 1] : first;
            }
        }
        return "0 s";
    }
}
