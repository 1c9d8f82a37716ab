package org.ergograph.history.query;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Which series are added up to one figure. */
enum Grouping {
    /** Each series for itself. */
    SERIES,
    /** Those of one kind that people see under one name. */
    NAME,
    KIND,
    /** Everything, apart by node. */
    NODE,
    NONE;

    static List<String> words() {
        return Arrays.stream(values()).map(Grouping::word).toList();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Grouping of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
