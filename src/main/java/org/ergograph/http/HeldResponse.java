package org.ergograph.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A response whose body is held back, as UTF-8, instead of sent. Not thread-safe. */
final class HeldResponse extends HttpServletResponseWrapper {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintWriter writer = new PrintWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8));
    private final ServletOutputStream output = new ServletOutputStream() {
        @Override
        public void write(int b) {
            bytes.write(b);
        }

        @Override
        public void write(byte[] b, int offset, int length) {
            bytes.write(b, offset, length);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(@Nullable WriteListener listener) {
            throw new IllegalStateException("a page of metrics is not written asynchronously");
        }
    };

    HeldResponse(HttpServletResponse response) {
        super(response);
    }

    /** What was written until now. */
    byte[] body() {
        writer.flush();
        return bytes.toByteArray();
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return output;
    }

    @Override
    public PrintWriter getWriter() {
        return writer;
    }

    @Override
    public void flushBuffer() {
        writer.flush();
    }

    @Override
    public void setContentLength(int length) {
        // of a body that is still to change
    }

    @Override
    public void setContentLengthLong(long length) {
        // of a body that is still to change
    }

    @Override
    public void resetBuffer() {
        writer.flush();
        bytes.reset();
    }
}
