package org.ergograph.history;

import java.util.Locale;

/** Why an observation has no row. */
enum Omission {
    /** By choice. */
    SAMPLED(0),
    /** There was no room in the queue. */
    REJECTED(1),
    /** It was taken and given up. */
    DROPPED(2);

    private final int code;

    Omission(int code) {
        this.code = code;
    }

    /** What stands for it in a journal. */
    int code() {
        return code;
    }

    /** What {@link #code} stands for. */
    static Omission of(int code) throws BlockException {
        return switch (code) {
            case 0 -> SAMPLED;
            case 1 -> REJECTED;
            case 2 -> DROPPED;
            default -> throw new BlockException("a reason " + code);
        };
    }

    /** The name in lower case, as it stands in the table. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
