package org.ergograph.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A request that tells its exchange when it becomes asynchronous, and counts its body where no length was announced. As
 * thread-safe as the request.
 */
final class MeasuredRequest extends HttpServletRequestWrapper {
    private final Exchange exchange;
    private final long length;
    private @Nullable CountingInput input;
    private @Nullable BufferedReader reader;

    MeasuredRequest(HttpServletRequest request, Exchange exchange) {
        super(request);
        this.exchange = exchange;
        this.length = request.getContentLengthLong();
    }

    /**
     * The size of the body: the announced length; else what was read of it; else 0 where the request has none; else -1,
     * unknown.
     */
    long bytes() {
        if (length >= 0) {
            return length;
        }
        if (input != null) {
            return input.bytes();
        }
        int method = exchange.method();
        boolean none = method == HttpMethods.GET || method == HttpMethods.HEAD || !isAnnounced();
        return none ? 0 : -1;
    }

    /** In HTTP/1 a body has a length or a transfer encoding; later versions need neither. */
    private boolean isAnnounced() {
        return getHeader("Transfer-Encoding") != null || !getProtocol().startsWith("HTTP/1.");
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (length >= 0) {
            return super.getInputStream();
        }
        if (input == null) {
            input = new CountingInput(super.getInputStream());
        }
        return input;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        if (length >= 0) {
            return super.getReader();
        }
        if (reader == null) {
            if (input != null) {
                throw new IllegalStateException("the body is already read as bytes");
            }
            String encoding = getCharacterEncoding();
            reader = new BufferedReader(new InputStreamReader(
                    getInputStream(), encoding == null ? StandardCharsets.ISO_8859_1.name() : encoding));
        }
        return reader;
    }

    @Override
    public AsyncContext startAsync() {
        AsyncContext context = super.startAsync();
        // The application may write to the container's own response from now on, which counts nothing.
        exchange.unwrapped();
        exchange.suspended(context);
        return context;
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        AsyncContext context = super.startAsync(request, response);
        exchange.suspended(context);
        return context;
    }
}
