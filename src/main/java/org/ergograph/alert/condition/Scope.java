package org.ergograph.alert.condition;

import org.ergograph.observation.Kind;

/**
 * Which series a rule looks at: {@code system} (all), {@code automation} (workflow steps), {@code macro} (tools), or a kind, with a
 * colon and a name if need be, in which {@code *} stands for any text: {@code tool:search*}. Immutable.
 *
 * @param text as it was given
 */
public record Scope(String text) {
    public static final Scope SYSTEM = new Scope("system");

    static final int MAX_LENGTH = 300;

    private static final String ALLOWED = "must be system, automation, macro, or one of http, db, workflow, tool, mcp,"
            + " external, method, admin, with :name if need be";

    /** @throws IllegalArgumentException if it is no scope; the message says what one is */
    public Scope {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "scope has " + text.length() + " characters: must have at most " + MAX_LENGTH);
        }
        String kind = kindOf(text);
        int colon = text.indexOf(':');
        boolean known = kind.isEmpty() ? colon < 0 : Kind.parse(kind).isPresent();
        if (!known || colon == text.length() - 1) {
            throw new IllegalArgumentException("scope is " + text + ": " + ALLOWED);
        }
    }

    /** Whether series of the kind of this label may be in it. */
    boolean hasKind(String kind) {
        String wanted = kindOf(text);
        return wanted.isEmpty() || wanted.equals(kind);
    }

    /** Whether a series of this kind, given by its label, and of this name is in it. */
    public boolean matches(String kind, String name) {
        if (!hasKind(kind)) {
            return false;
        }
        int colon = text.indexOf(':');
        return colon < 0 || fits(text.substring(colon + 1), name);
    }

    /** The label of the kind; empty for all of them. */
    private static String kindOf(String text) {
        int colon = text.indexOf(':');
        String word = colon < 0 ? text : text.substring(0, colon);
        return switch (word) {
            case "system" -> "";
            case "automation" -> Kind.WORKFLOW.label();
            case "macro" -> Kind.TOOL.label();
            default -> word;
        };
    }

    /** Each star takes as little as it can; when what follows does not fit, only the last one has to take more. */
    private static boolean fits(String pattern, String name) {
        int at = 0;
        int in = 0;
        int star = -1;
        int starIn = 0;
        while (in < name.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                starIn = in;
            } else if (at < pattern.length() && pattern.charAt(at) == name.charAt(in)) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++starIn;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }
}
