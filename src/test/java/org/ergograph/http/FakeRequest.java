package org.ergograph.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as a container makes it, with an asynchronous context that the test completes. */
final class FakeRequest {
    private final String method;
    private final Map<String, String> headers = new HashMap<>();
    private final Map<String, Object> attributes = new HashMap<>();
    private final List<AsyncListener> listeners = new ArrayList<>();
    private final AsyncContext context = new Answers()
            .on("addListener", a -> listeners.add((AsyncListener) a[0]))
            .on("getRequest", a -> null)
            .on("getResponse", a -> null)
            .as(AsyncContext.class);
    private DispatcherType type = DispatcherType.REQUEST;
    private HttpServletMapping mapping = mapping(MappingMatch.PATH, "/api/*");
    private String body = "";
    private @Nullable String user;
    private boolean async;
    private final HttpServletRequest request = request();

    FakeRequest(String method) {
        this.method = method;
    }

    FakeRequest header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    FakeRequest body(String text) {
        body = text;
        return this;
    }

    FakeRequest user(String name) {
        user = name;
        return this;
    }

    FakeRequest mapped(MappingMatch match, String pattern) {
        mapping = mapping(match, pattern);
        return this;
    }

    FakeRequest dispatched(DispatcherType as) {
        type = as;
        return this;
    }

    static HttpServletMapping mapping(MappingMatch match, String pattern) {
        return new Answers()
                .on("getMappingMatch", a -> match)
                .on("getPattern", a -> pattern)
                .as(HttpServletMapping.class);
    }

    void complete() throws IOException {
        async = false;
        for (AsyncListener listener : List.copyOf(listeners)) {
            listener.onComplete(new AsyncEvent(context));
        }
    }

    void error(Throwable failure) throws IOException {
        for (AsyncListener listener : List.copyOf(listeners)) {
            listener.onError(new AsyncEvent(context, failure));
        }
    }

    void timeout() throws IOException {
        for (AsyncListener listener : List.copyOf(listeners)) {
            listener.onTimeout(new AsyncEvent(context));
        }
    }

    HttpServletRequest asRequest() {
        return request;
    }

    private HttpServletRequest request() {
        return new Answers()
                .on("getMethod", a -> method)
                .on("getProtocol", a -> "HTTP/1.1")
                .on("getHeader", a -> headers.get(String.valueOf(a[0])))
                .on("getContentLengthLong", a -> Long.parseLong(headers.getOrDefault("Content-Length", "-1")))
                .on("getCharacterEncoding", a -> null)
                .on("getDispatcherType", a -> type)
                .on("getContextPath", a -> "")
                .on("getHttpServletMapping", a -> mapping)
                .on("getUserPrincipal", a -> principal())
                .on("isAsyncStarted", a -> async)
                .on("getAsyncContext", a -> context)
                .on("startAsync", a -> {
                    async = true;
                    return context;
                })
                .on("getAttribute", a -> attributes.get(String.valueOf(a[0])))
                .on("setAttribute", a -> attributes.put(String.valueOf(a[0]), a[1]))
                .on("getInputStream", a -> new Stream(body))
                .as(HttpServletRequest.class);
    }

    private @Nullable Principal principal() {
        String name = user;
        return name == null ? null : () -> name;
    }

    private static final class Stream extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        Stream(String body) {
            bytes = new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int from, int length) {
            return bytes.read(into, from, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new AssertionError("not expected");
        }
    }
}
