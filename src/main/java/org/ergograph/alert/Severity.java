package org.ergograph.alert;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    /** The words that the tool {@code km_set_performance_alerts} has for them. */
    public static final Map<String, Severity> TOOL_WORDS =
            Map.of("low", INFO, "medium", WARNING, "high", CRITICAL, "critical", EMERGENCY);

    /** The word for it, in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The severity of this word; empty if it is none of them. */
    public static Optional<Severity> parse(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }

    /** Whether the word is one for another severity and none for this one. */
    public boolean contradicts(String word) {
        boolean isWord = WORDS.contains(word) || TOOL_WORDS.containsKey(word);
        return isWord && !word().equals(word) && TOOL_WORDS.get(word) != this;
    }
}
