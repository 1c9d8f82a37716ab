package org.ergograph.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A response as a container makes it: with a buffer of eight bytes, committed when that is full or flushed. */
final class FakeResponse {
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status = 200;
    private boolean committed;
    private final HttpServletResponse response = response();

    /** The headers as they were when the response was committed, or are now. */
    Map<String, String> headers() {
        return headers;
    }

    String body() {
        return body.toString(StandardCharsets.UTF_8);
    }

    void commit() {
        committed = true;
    }

    void status(int code) {
        status = code;
    }

    HttpServletResponse asResponse() {
        return response;
    }

    private HttpServletResponse response() {
        return new Answers()
                .on("getStatus", a -> status)
                .on("setStatus", a -> set((Integer) given(a, 0)))
                .on("sendError", a -> {
                    commit();
                    return set((Integer) given(a, 0));
                })
                .on("isCommitted", a -> committed)
                .on("getBufferSize", a -> 8)
                .on("setHeader", a -> header(a))
                .on("addHeader", a -> header(a))
                .on("setContentLength", a -> header(new Object[] {"Content-Length", String.valueOf(a[0])}))
                .on("getCharacterEncoding", a -> "UTF-8")
                .on("flushBuffer", a -> {
                    commit();
                    return null;
                })
                .on("reset", a -> {
                    headers.clear();
                    body.reset();
                    return null;
                })
                .on("getOutputStream", a -> new Stream())
                .on("getWriter", a -> new PrintWriter(new OutputStreamWriter(new Stream(), StandardCharsets.UTF_8)))
                .as(HttpServletResponse.class);
    }

    private static Object given(@Nullable Object[] arguments, int position) {
        Object value = arguments[position];
        if (value == null) {
            throw new AssertionError("null given");
        }
        return value;
    }

    private @Nullable Object set(int code) {
        status = code;
        return null;
    }

    private @Nullable Object header(@Nullable Object[] arguments) {
        if (!committed) {
            headers.put(String.valueOf(arguments[0]), String.valueOf(arguments[1]));
        }
        return null;
    }

    private final class Stream extends ServletOutputStream {
        @Override
        public void write(int value) {
            body.write(value);
            String length = headers.get("Content-Length");
            if (body.size() > 8 || (length != null && body.size() >= Integer.parseInt(length))) {
                commit();
            }
        }

        @Override
        public void flush() {
            commit();
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new AssertionError("not expected");
        }
    }
}
