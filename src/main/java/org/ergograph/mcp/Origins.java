package org.ergograph.mcp;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ergograph.security.OriginRule;
import org.ergograph.security.SecuritySettings;
import org.ergograph.web.JsonText;
import org.ergograph.web.Problem;

/** Keeps web pages out that may not call, and tells browsers which may. Thread-safe. */
final class Origins {
    private static final int MAX_HEADERS = 2000;
    private static final Pattern HEADERS = Pattern.compile("[A-Za-z0-9_-]+(?: *, *[A-Za-z0-9_-]+)*");

    private final OriginRule rule;

    Origins(SecuritySettings security, McpSettings settings) {
        this.rule = new OriginRule(security.openToAny(), settings.allowedOrigins());
    }

    /** Whether the request may go on; if not, it has been answered. */
    boolean admit(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String origin = request.getHeader("Origin");
        if (origin == null) {
            return true;
        }
        Optional<String> refusal = rule.refusal(origin, request.getHeader("Host"));
        response.setHeader("Vary", "Origin");
        if (refusal.isEmpty()) {
            response.setHeader("Access-Control-Allow-Origin", origin);
            response.setHeader("Access-Control-Expose-Headers", Inbound.SESSION);
            return true;
        }
        Problem problem = new Problem(
                "origin-refused",
                HttpServletResponse.SC_FORBIDDEN,
                "Forbidden",
                refusal.get() + " (ergograph.mcp.allowed-origins)",
                List.of());
        byte[] body = JsonText.bytes(problem.json());
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        return false;
    }

    /** Answers what a browser asks before it lets a page call. */
    void preflight(HttpServletRequest request, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        response.setHeader("Allow", "POST, GET, DELETE, OPTIONS");
        String headers = request.getHeader("Access-Control-Request-Headers");
        if (request.getHeader("Origin") != null && request.getHeader("Access-Control-Request-Method") != null) {
            response.setHeader("Access-Control-Allow-Methods", "POST, GET, DELETE, OPTIONS");
            response.setHeader("Access-Control-Max-Age", "600");
            if (headers != null
                    && headers.length() <= MAX_HEADERS
                    && HEADERS.matcher(headers).matches()) {
                response.setHeader("Access-Control-Allow-Headers", headers);
            }
        }
    }
}
