package org.ergograph.alert;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How bad an alert is; each is worse than the one before. */
public enum Severity {
    INFO,
    WARNING,
    CRITICAL,
    EMERGENCY;

    /** The words, the least first. */
    public static final List<String> WORDS =
            Arrays.stream(values()).map(Severity::word).toList();

    /** The word for it, in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The severity of this word; empty if it is none of them. */
    public static Optional<Severity> parse(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }
}
