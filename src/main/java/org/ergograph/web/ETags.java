package org.ergograph.web;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Strong entity tags made from a version number, and the precondition that {@code If-Match} states (RFC 9110, 13.1.1). */
public final class ETags {
    private static final int MAX_LENGTH = 2000;

    private ETags() {}

    /** The tag of a version, quotes included. */
    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /**
     * The header, well formed.
     *
     * @throws ProblemException 428 if it is missing, 400 if it is malformed
     */
    public static String present(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw ProblemException.preconditionRequired();
        }
        String text = ifMatch.strip();
        if (!text.equals("*")) {
            parse(text);
        }
        return text;
    }

    /** Whether a header that is {@link #present} means this version: {@code *}, or a list with its tag. Weak tags never do. */
    public static boolean matches(String ifMatch, long version) {
        return ifMatch.equals("*") || parse(ifMatch).contains(of(version));
    }

    /**
     * Demands that the header means this version.
     *
     * @throws ProblemException 428 if the header is missing, 400 if it is malformed, 412 if it means another version
     */
    public static void require(@Nullable String ifMatch, long version) {
        String text = present(ifMatch);
        if (!matches(text, version)) {
            throw ProblemException.preconditionFailed(text);
        }
    }

    private static List<String> parse(String text) {
        List<String> tags = new ArrayList<>();
        if (text.length() > MAX_LENGTH) {
            throw malformed(text);
        }
        int at = 0;
        while (at < text.length()) {
            int open = text.startsWith("W/", at) ? at + 2 : at;
            int close = open < text.length() && text.charAt(open) == '"' ? text.indexOf('"', open + 1) : -1;
            if (close < 0) {
                throw malformed(text);
            }
            tags.add(text.substring(at, close + 1));
            at = skip(text, close + 1, " \t");
            if (at < text.length()) {
                if (text.charAt(at) != ',') {
                    throw malformed(text);
                }
                at = skip(text, at, ", \t");
            }
        }
        return tags;
    }

    private static int skip(String text, int from, String what) {
        int at = from;
        while (at < text.length() && what.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private static ProblemException malformed(String text) {
        return ProblemException.badField("If-Match", text, "* or a list of quoted entity tags, \"3\" say");
    }
}
