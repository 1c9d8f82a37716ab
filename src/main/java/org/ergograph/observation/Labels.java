package org.ergograph.observation;

/** Makes text fit to be a label value, whoever sent it. */
public final class Labels {
    /** The greatest length of a label value, in UTF-16 code units. */
    public static final int MAX_LENGTH = 200;

    private Labels() {}

    /**
     * The text with control characters, quotes, backslashes, line and paragraph separators and unpaired surrogates replaced
     * by {@code _}, cut to {@link #MAX_LENGTH}; {@code unknown} if nothing is left. Answers the same instance if nothing
     * had to change.
     */
    public static String sanitize(String value) {
        String text = value.length() > MAX_LENGTH ? value.substring(0, MAX_LENGTH) : value;
        if (text.isEmpty()) {
            return "unknown";
        }
        StringBuilder changed = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isForbidden(text, i, c)) {
                if (changed == null) {
                    changed = new StringBuilder(text);
                }
                changed.setCharAt(i, '_');
            }
        }
        return changed == null ? text : changed.toString();
    }

    private static boolean isForbidden(String text, int i, char c) {
        if (c < 0x20 || c == 0x7f || c == '"' || c == '\\' || (c >= 0x80 && c < 0xa0) || c == 0x2028 || c == 0x2029) {
            return true;
        }
        if (Character.isHighSurrogate(c)) {
            return i + 1 >= text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }
}
