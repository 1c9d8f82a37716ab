package org.ergograph.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/** Counts what is read from a request's body. As thread-safe as the stream. */
final class CountingInput extends ServletInputStream {
    private final ServletInputStream input;
    private long bytes;

    CountingInput(ServletInputStream input) {
        this.input = input;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public int read() throws IOException {
        int read = input.read();
        if (read >= 0) {
            bytes++;
        }
        return read;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int read = input.read(into, from, length);
        if (read > 0) {
            bytes += read;
        }
        return read;
    }

    @Override
    public int available() throws IOException {
        return input.available();
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    @Override
    public boolean isFinished() {
        return input.isFinished();
    }

    @Override
    public boolean isReady() {
        return input.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        input.setReadListener(listener);
    }
}
