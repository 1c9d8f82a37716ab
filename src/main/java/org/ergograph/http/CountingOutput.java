package org.ergograph.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/** Tells the response what is written to its body, before it is. As thread-safe as the stream. */
final class CountingOutput extends ServletOutputStream {
    private final ServletOutputStream output;
    private final MeasuredResponse response;

    CountingOutput(ServletOutputStream output, MeasuredResponse response) {
        this.output = output;
        this.response = response;
    }

    @Override
    public void write(int value) throws IOException {
        response.writing(1);
        output.write(value);
    }

    @Override
    public void write(byte[] from) throws IOException {
        response.writing(from.length);
        output.write(from);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        response.writing(length);
        output.write(from, offset, length);
    }

    @Override
    public void flush() throws IOException {
        response.processTime();
        output.flush();
    }

    @Override
    public void close() throws IOException {
        response.processTime();
        output.close();
    }

    @Override
    public boolean isReady() {
        return output.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        output.setWriteListener(listener);
    }
}
