package org.ergograph.demo;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import org.ergograph.http.Caller;

/** Gives the traffic of the demonstration a principal of its own, so that nobody takes it for real. */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class DemoFilter extends HttpFilter {
    /** Who calls, for the record. */
    static final String PRINCIPAL = "ergograph-demo";

    private static final Principal DEMO = () -> PRINCIPAL;

    private final boolean enabled;
    private final transient DemoSecret secret;

    @Inject
    public DemoFilter(DemoSettings settings, DemoSecret secret) {
        this.enabled = settings.enabled();
        this.secret = secret;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!enabled || !secret.is(request.getHeader(DemoSecret.HEADER))) {
            chain.doFilter(request, response);
            return;
        }
        request.setAttribute(Caller.ATTRIBUTE, PRINCIPAL);
        chain.doFilter(
                new HttpServletRequestWrapper(request) {
                    @Override
                    public Principal getUserPrincipal() {
                        return DEMO;
                    }
                },
                response);
    }
}
