package org.ergograph.http;

import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;

/**
 * Gives every resource method a filter that knows its route. JAX-RS finds it as a service, so that it is there whatever
 * classes the application lists. Thread-safe.
 */
public final class RouteFeature implements DynamicFeature {
    /** Before what may refuse the request, so that a refusal has its route too. */
    private static final int FIRST = Priorities.AUTHENTICATION - 999;

    private static final int LAST = Integer.MAX_VALUE;

    /** For the container. */
    public RouteFeature() {}

    /** Registers the filters of one resource method. */
    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        if (context.getConfiguration().isRegistered(Route.class)) {
            return;
        }
        Class<?> type = resource.getResourceClass();
        context.register(
                new Route(RouteTemplate.of(type, resource.getResourceMethod()), RouteTemplate.isRoot(type)), FIRST);
        context.register(new Entered(), LAST);
    }
}
