package org.ergograph.gateway;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The names under which the tools and prompts of upstream servers are offered. Pure. */
final class Names {
    /** The greatest length of a tool's name that clients have to accept. */
    static final int MAX_LENGTH = 128;

    private static final String SEPARATOR = "__";
    private static final int HASH_DIGITS = 8;

    private Names() {}

    /**
     * {@code <server>__<name>}. Where that is longer than {@value #MAX_LENGTH} or holds other characters than A-Z, a-z, 0-9,
     * {@code _}, {@code -} and {@code .}, they are replaced by {@code _}, it is cut, and ends in {@code -} and eight digits of
     * the SHA-256 of the name as the server has it: the same name is always offered as the same, and two as two.
     */
    static String offered(String server, String name) {
        String whole = server + SEPARATOR + name;
        String fit = fit(whole);
        if (fit.equals(whole) && whole.length() <= MAX_LENGTH && !name.isEmpty()) {
            return whole;
        }
        int room = MAX_LENGTH - HASH_DIGITS - 1;
        return (fit.length() > room ? fit.substring(0, room) : fit) + "-"
                + sha256(name).substring(0, HASH_DIGITS);
    }

    private static String fit(String text) {
        StringBuilder fit = new StringBuilder(text.length());
        text.codePoints().forEach(c -> fit.append(isAllowed(c) ? (char) c : '_'));
        return fit.toString();
    }

    private static boolean isAllowed(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '-'
                || c == '.';
    }

    /** 64 hexadecimal digits in lower case. */
    static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
