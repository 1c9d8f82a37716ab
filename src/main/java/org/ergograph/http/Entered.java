package org.ergograph.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;

/**
 * Tells the current exchange that every other request filter has passed, those that open a server's own span and those that
 * find out who asks among them. Thread-safe.
 */
final class Entered implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext context) {
        Exchange exchange = Current.get();
        if (exchange != null) {
            exchange.entered(context.getSecurityContext());
        }
    }
}
