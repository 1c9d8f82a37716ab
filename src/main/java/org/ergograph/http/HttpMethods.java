package org.ergograph.http;

/** The HTTP methods that are labels; whatever else a client sends is {@value #OTHER}. */
final class HttpMethods {
    static final String OTHER = "_OTHER";

    static final int GET = 0;
    static final int HEAD = 4;

    private static final String[] LABELS = {
        "GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "CONNECT", OTHER
    };

    private HttpMethods() {}

    /** How many labels there are. */
    static int count() {
        return LABELS.length;
    }

    /** The position of the method's label; methods are case-sensitive. */
    static int indexOf(String method) {
        return switch (method) {
            case "GET" -> GET;
            case "POST" -> 1;
            case "PUT" -> 2;
            case "DELETE" -> 3;
            case "HEAD" -> HEAD;
            case "OPTIONS" -> 5;
            case "PATCH" -> 6;
            case "TRACE" -> 7;
            case "CONNECT" -> 8;
            default -> 9;
        };
    }

    static String label(int index) {
        return LABELS[index];
    }
}
