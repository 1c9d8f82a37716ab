package org.ergograph.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import org.ergograph.observation.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * A response that counts its body, and carries the time it took in its headers, written as late as they can be: just before it
 * is committed. As thread-safe as the response.
 */
final class MeasuredResponse extends HttpServletResponseWrapper {
    private final long startNanos;
    private final TimeSource time;
    private @Nullable ServletOutputStream output;
    private @Nullable PrintWriter writer;
    private boolean timed;
    private boolean timedOut;
    private boolean bypassed;
    private int bufferSize = -1;
    private long length = -1;
    private long bytes;
    private int failure;

    MeasuredResponse(HttpServletResponse response, long startNanos, TimeSource time) {
        super(response);
        this.startNanos = startNanos;
        this.time = time;
    }

    /**
     * The size of the body so far, as it was before anything encoded it for transfer; -1 if unknown.
     *
     * @param here whether all of it was written through this wrapper, even if it could have been written past it
     */
    long bytes(boolean here) {
        return bypassed && !here ? -1 : bytes;
    }

    /** Says that the answer may be written past this wrapper. */
    void bypassed() {
        bypassed = true;
    }

    /** The status code; that of an error to be sent, where there is one. */
    int status() {
        if (failure != 0) {
            return failure;
        }
        int status = getStatus();
        return timedOut && !isCommitted() && status < 400 ? SC_INTERNAL_SERVER_ERROR : status;
    }

    void timedOut() {
        timedOut = true;
    }

    /** Puts the elapsed time into the headers, once, unless it is too late. */
    void processTime() {
        if (!timed) {
            timed = true;
            if (!isCommitted()) {
                long nanos = time.nanoTime() - startNanos;
                setHeader(ProcessTime.X_PROCESS_TIME, ProcessTime.seconds(nanos));
                addHeader(ProcessTime.SERVER_TIMING, ProcessTime.serverTiming(nanos));
            }
        }
    }

    /** Says that so many bytes are about to be written. */
    void writing(long more) {
        bytes += more;
        if (!timed && (bytes >= bufferSize || (length >= 0 && bytes >= length))) {
            processTime();
        }
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (output == null) {
            output = new CountingOutput(super.getOutputStream(), this);
            bufferSize = getBufferSize();
        }
        return output;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (writer == null) {
            PrintWriter given = super.getWriter();
            String encoding = getCharacterEncoding();
            boolean utf8 = encoding != null && encoding.toUpperCase(Locale.ROOT).startsWith("UTF-8");
            writer = new CountingWriter(given, utf8, this);
            bufferSize = getBufferSize();
        }
        return writer;
    }

    @Override
    public void setBufferSize(int size) {
        super.setBufferSize(size);
        bufferSize = getBufferSize();
    }

    @Override
    public void setContentLength(int announced) {
        length = announced;
        super.setContentLength(announced);
    }

    @Override
    public void setContentLengthLong(long announced) {
        length = announced;
        super.setContentLengthLong(announced);
    }

    @Override
    public void setHeader(String name, String value) {
        announced(name, value);
        super.setHeader(name, value);
    }

    @Override
    public void addHeader(String name, String value) {
        announced(name, value);
        super.addHeader(name, value);
    }

    private void announced(String name, @Nullable String value) {
        if (name.length() == 14 && name.equalsIgnoreCase("Content-Length") && value != null) {
            // A length that cannot be known beforehand is taken for reached: the headers come with the first byte.
            length = value.length() <= 18 && value.chars().allMatch(c -> c >= '0' && c <= '9') && !value.isEmpty()
                    ? Long.parseLong(value)
                    : 0;
        }
    }

    @Override
    public void flushBuffer() throws IOException {
        processTime();
        super.flushBuffer();
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        processTime();
        failure = status;
        super.sendError(status, message);
    }

    @Override
    public void sendError(int status) throws IOException {
        processTime();
        failure = status;
        super.sendError(status);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        processTime();
        super.sendRedirect(location);
    }

    @Override
    public void reset() {
        super.reset();
        timed = false;
        failure = 0;
        length = -1;
        bytes = 0;
        output = null;
        writer = null;
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        bytes = 0;
    }
}
