package org.ergograph.web;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of CSV as RFC 4180 has it: CRLF, quoted where needed. Text that a spreadsheet would take for a formula (it begins with
 * {@code =}, {@code +}, {@code -}, {@code @}, a tab or a carriage return) gets an apostrophe in front; numbers do not. Null is
 * an empty cell.
 */
public final class Csv {
    /** The media type, with its character set. */
    public static final String MEDIA_TYPE = "text/csv; charset=UTF-8";

    private Csv() {}

    /** Writes one row. */
    public static void row(Appendable out, List<? extends @Nullable Object> cells) throws IOException {
        String separator = "";
        for (Object cell : cells) {
            out.append(separator);
            separator = ",";
            if (cell instanceof Number || cell instanceof Boolean) {
                out.append(cell.toString());
            } else if (cell != null) {
                text(out, cell.toString());
            }
        }
        out.append("\r\n");
    }

    private static void text(Appendable out, String cell) throws IOException {
        String safe = !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
        boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                || safe.startsWith(" ")
                || safe.endsWith(" ");
        out.append(quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe);
    }
}
