package org.ergograph.notify.prometheus;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a PromQL text. */
final class PromQlTokens {
    enum Kind {
        NAME,
        NUMBER,
        DURATION,
        TEXT,
        SIGN,
        END
    }

    /** @param at where it begins, from 1 */
    record Token(Kind kind, String text, int at) {
        boolean is(String word) {
            return text.equals(word) && (kind == Kind.SIGN || kind == Kind.NAME);
        }
    }

    // Quantifiers are possessive where they could run over much: nothing is tried twice.
    private static final Pattern TOKEN = Pattern.compile("(?<space>\\s++|#[^\\n]*+)"
            + "|(?<duration>(?:\\d++(?:ms|[ywdhms]))++(?![\\w.]))"
            + "|(?<number>(?:\\d++(?:\\.\\d*+)?|\\.\\d++)(?:[eE][+-]?\\d++)?(?![\\w.]))"
            + "|(?<name>[A-Za-z_:][\\w:]*+)"
            + "|(?<text>\"(?:[^\"\\\\\\n]|\\\\.)*+\"|'(?:[^'\\\\\\n]|\\\\.)*+'|`[^`]*+`)"
            + "|(?<sign>=~|!~|==|!=|<=|>=|[-+*/%^(){}\\[\\],=<>@])");

    private PromQlTokens() {}

    /** @throws UntranslatableException where the text has something that is no word of PromQL */
    static List<Token> of(String text) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw new UntranslatableException(
                        "'" + text.charAt(at) + "' at position " + (at + 1) + " begins nothing that is PromQL");
            }
            if (matcher.group("space") == null) {
                tokens.add(token(matcher, at + 1));
            }
            at = matcher.end();
        }
        tokens.add(new Token(Kind.END, "the end", text.length() + 1));
        return tokens;
    }

    private static Token token(Matcher matcher, int at) {
        if (matcher.group("duration") != null) {
            return new Token(Kind.DURATION, matcher.group(), at);
        }
        if (matcher.group("number") != null) {
            return new Token(Kind.NUMBER, matcher.group(), at);
        }
        if (matcher.group("name") != null) {
            return new Token(Kind.NAME, matcher.group(), at);
        }
        return matcher.group("text") != null
                ? new Token(Kind.TEXT, unquoted(matcher.group(), at), at)
                : new Token(Kind.SIGN, matcher.group(), at);
    }

    private static String unquoted(String quoted, int at) {
        String inner = quoted.substring(1, quoted.length() - 1);
        if (quoted.startsWith("`")) {
            return inner;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escaped = inner.charAt(++i);
            switch (escaped) {
                case 'n' -> text.append('\n');
                case 't' -> text.append('\t');
                case 'r' -> text.append('\r');
                case '\\', '"', '\'' -> text.append(escaped);
                case 'u' -> {
                    String hex = inner.substring(Math.min(inner.length(), i + 1), Math.min(inner.length(), i + 5));
                    if (!hex.matches("[0-9a-fA-F]{4}")) {
                        throw new UntranslatableException("the escape in the text at position " + at + " is not known");
                    }
                    text.append((char) Integer.parseInt(hex, 16));
                    i += 4;
                }
                default ->
                    throw new UntranslatableException(
                            "the escape \\" + escaped + " in the text at position " + at + " is not known");
            }
        }
        return text.toString();
    }
}
