package org.ergograph.notify.delivery.channel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What of a request may be a secret: path and query of its URL, and the values of its headers. A receiver may repeat it where
 * it says what is wrong, and what it says is kept and shown. Immutable.
 */
final class Secrets {
    private static final String HIDDEN = "***";
    /** What is shorter is no secret, and found in words that are none. */
    private static final int SHORTEST = 8;

    private static final Pattern BETWEEN = Pattern.compile("[/?&=]");
    private static final Set<String> PLAIN = Set.of("Content-Type", "Idempotency-Key");

    private final List<String> texts;

    private Secrets(List<String> texts) {
        this.texts = texts;
    }

    static Secrets of(String url, Map<String, String> headers) {
        int scheme = url.indexOf("://");
        int start = scheme < 0 ? 0 : scheme + 3;
        while (start < url.length() && url.charAt(start) != '/' && url.charAt(start) != '?') {
            start++;
        }
        List<String> texts = new ArrayList<>();
        String rest = url.substring(start);
        if (rest.length() > 1) {
            int query = rest.indexOf('?');
            texts.add(rest);
            if (query > 1) {
                texts.add(rest.substring(0, query));
            }
            BETWEEN.splitAsStream(rest).forEach(texts::add);
        }
        headers.forEach((name, value) -> {
            if (!PLAIN.contains(name)) {
                texts.add(value);
                // A token is repeated without the word before it.
                texts.add(value.substring(value.indexOf(' ') + 1));
            }
        });
        texts.removeIf(text -> text.length() < SHORTEST && !text.startsWith("/"));
        texts.sort(Comparator.comparing(String::length).reversed());
        return new Secrets(texts);
    }

    /** The text without them. */
    String hide(String text) {
        String hidden = text;
        for (String each : texts) {
            hidden = hidden.replace(each, HIDDEN);
        }
        return hidden;
    }
}
