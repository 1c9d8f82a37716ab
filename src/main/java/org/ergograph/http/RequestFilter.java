package org.ergograph.http;

import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The servlet filter at which HTTP requests begin to be observed. It registers itself, in front of all others. Thread-safe.
 */
public final class RequestFilter implements Filter {
    private @Nullable HttpEdge edge;

    /** For the container, which injects the rest. */
    public RequestFilter() {}

    @Inject
    void edge(HttpEdge given) {
        edge = given;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpEdge injected = edge;
        if (injected == null
                || !(request instanceof HttpServletRequest asked)
                || !(response instanceof HttpServletResponse answer)) {
            chain.doFilter(request, response);
        } else if (request.getDispatcherType() == DispatcherType.REQUEST) {
            injected.request(asked, answer, chain);
        } else {
            injected.dispatched(asked, answer, chain);
        }
    }
}
