package org.ergograph.history;

import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.ergograph.web.Csv;
import org.ergograph.web.JsonText;

/**
 * Rows of the audit log that are sent while the next are read. Ends when the rows end, when the client has gone (the write
 * fails), or when a page cannot be read: then the answer breaks off, so that nobody takes it for complete.
 */
final class AuditStream {
    private final List<AuditEntry> first;
    private final Function<AuditPosition, List<AuditEntry>> next;

    /** @param next the page behind a row; empty at the end */
    AuditStream(List<AuditEntry> first, Function<AuditPosition, List<AuditEntry>> next) {
        this.first = first;
        this.next = next;
    }

    StreamingOutput csv() {
        return out -> {
            Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            Csv.row(writer, AuditEntry.header());
            send(entry -> Csv.row(writer, entry.cells()), writer::flush);
        };
    }

    StreamingOutput lines() {
        return out -> {
            OutputStream buffer = new BufferedOutputStream(out);
            send(entry -> JsonText.line(buffer, entry.json()), buffer::flush);
        };
    }

    private interface Row {
        void send(AuditEntry entry) throws IOException;
    }

    private interface Flush {
        void run() throws IOException;
    }

    private void send(Row row, Flush flush) throws IOException {
        List<AuditEntry> page = first;
        while (!page.isEmpty()) {
            for (AuditEntry entry : page) {
                row.send(entry);
            }
            flush.run();
            page = next.apply(AuditPosition.behind(page.get(page.size() - 1)));
        }
        flush.run();
    }
}
