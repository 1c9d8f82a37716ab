package org.ergograph.mcp;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Header values that may hold any text: as it is, or as {@code =?base64?...?=}. */
final class HeaderText {
    private static final String PREFIX = "=?base64?";
    private static final String SUFFIX = "?=";

    private HeaderText() {}

    /** The text; null if it says that it is Base64 and is not. */
    static @Nullable String decode(String value) {
        if (!value.startsWith(PREFIX)
                || !value.endsWith(SUFFIX)
                || value.length() < PREFIX.length() + SUFFIX.length()) {
            return value;
        }
        String text = value.substring(PREFIX.length(), value.length() - SUFFIX.length());
        try {
            // The decoder takes Base64 without padding, the protocol does not.
            return text.length() % 4 == 0 ? new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
