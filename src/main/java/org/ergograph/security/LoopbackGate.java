package org.ergograph.security;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.ergograph.web.JsonText;
import org.ergograph.web.Problem;

/** Answers 403 to whatever does not come from this machine, unless the operator opened the server to everybody. */
public class LoopbackGate extends HttpFilter {
    private final boolean open;

    @Inject
    public LoopbackGate(SecuritySettings settings) {
        this.open = settings.openToAny();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<String> refusal = open
                ? Optional.empty()
                : LoopbackRule.refusal(
                        request.getRemoteAddr(),
                        Collections.list(request.getHeaders("Host")),
                        request.getServerName(),
                        request.getProtocol());
        if (refusal.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        Problem problem = new Problem(
                "loopback-only",
                HttpServletResponse.SC_FORBIDDEN,
                "Forbidden",
                refusal.get() + ": this server answers its own machine only (ergograph.security.mode)",
                List.of());
        byte[] body = JsonText.bytes(problem.json());
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
