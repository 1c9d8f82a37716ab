package org.ergograph.http;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.ergograph.observation.Exposition;
import org.jspecify.annotations.Nullable;

/**
 * Corrects the metrics page where the server serves it within the application, which Payara does for one at the root.
 * Thread-safe.
 */
public final class MetricsPageFilter implements Filter {
    private @Nullable Instance<Exposition> exposition;

    /** For the container, which injects the rest. */
    public MetricsPageFilter() {}

    @Inject
    void exposition(Instance<Exposition> given) {
        exposition = given;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Instance<Exposition> injected = exposition;
        if (injected == null || !injected.isResolvable() || !(response instanceof HttpServletResponse answer)) {
            chain.doFilter(request, response);
            return;
        }
        HeldResponse held = new HeldResponse(answer);
        chain.doFilter(request, held);
        byte[] body = held.body();
        String type = answer.getContentType();
        if (answer.getStatus() == HttpServletResponse.SC_OK
                && type != null
                && type.toLowerCase(Locale.ROOT).startsWith("text/plain")) {
            String page = injected.get().corrected(new String(body, StandardCharsets.UTF_8));
            body = page.getBytes(StandardCharsets.UTF_8);
        }
        if (body.length > 0) {
            answer.setContentLength(body.length);
            answer.getOutputStream().write(body);
        }
    }
}
