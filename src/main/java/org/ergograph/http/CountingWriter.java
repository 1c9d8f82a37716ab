package org.ergograph.http;

import java.io.PrintWriter;

/**
 * Tells the response what is written to its body as text, before it is: exactly in UTF-8, and one byte a character in any other
 * encoding. As thread-safe as the writer.
 */
final class CountingWriter extends PrintWriter {
    private final PrintWriter writer;
    private final boolean utf8;
    private final MeasuredResponse response;

    CountingWriter(PrintWriter writer, boolean utf8, MeasuredResponse response) {
        super(writer);
        this.writer = writer;
        this.utf8 = utf8;
        this.response = response;
    }

    private int size(char c) {
        if (!utf8 || c < 0x80) {
            return 1;
        }
        // A pair of surrogates takes four bytes.
        return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }

    @Override
    public void write(int c) {
        response.writing(size((char) c));
        writer.write(c);
    }

    @Override
    public void write(char[] from, int offset, int length) {
        long bytes = 0;
        for (int i = offset; i < offset + length; i++) {
            bytes += size(from[i]);
        }
        response.writing(bytes);
        writer.write(from, offset, length);
    }

    @Override
    public void write(String from, int offset, int length) {
        long bytes = 0;
        for (int i = offset; i < offset + length; i++) {
            bytes += size(from.charAt(i));
        }
        response.writing(bytes);
        writer.write(from, offset, length);
    }

    @Override
    public void println() {
        write(System.lineSeparator());
    }

    @Override
    public void flush() {
        response.processTime();
        writer.flush();
    }

    @Override
    public void close() {
        response.processTime();
        writer.close();
    }

    @Override
    public boolean checkError() {
        response.processTime();
        return writer.checkError();
    }
}
