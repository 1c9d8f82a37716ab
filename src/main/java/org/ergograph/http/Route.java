package org.ergograph.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ergograph.observation.Series;
import org.jspecify.annotations.Nullable;

/**
 * Tells the current exchange which route its request took. One instance a resource method, so that a request costs no lookup;
 * the application's own path is learned from the first. Thread-safe.
 */
final class Route implements ContainerRequestFilter {
    /** How many templates the sub-resources behind one method may have. */
    private static final int MAX_INFERRED = 200;

    private final String template;
    private final boolean root;
    private final Map<String, SeriesByMethod> inferred = new ConcurrentHashMap<>();
    private volatile @Nullable SeriesByMethod series;

    /** @param root whether the template tells the whole path below the application's */
    Route(String template, boolean root) {
        this.template = template;
        this.root = root;
    }

    @Override
    public void filter(ContainerRequestContext context) {
        Exchange exchange = Current.get();
        if (exchange != null) {
            exchange.route(series(exchange, context));
        }
    }

    private Series series(Exchange exchange, ContainerRequestContext context) {
        SeriesByMethod known = series;
        if (known == null) {
            UriInfo uri = context.getUriInfo();
            String base = base(uri, exchange.contextPath());
            if (root) {
                known = new SeriesByMethod(RouteTemplate.join(base, template));
                series = known;
            } else {
                known = inferred(RouteTemplate.inferred(base, uri.getPath(false), uri.getPathParameters(false)));
            }
        }
        return known.of(exchange.method(), exchange.recorder());
    }

    private SeriesByMethod inferred(String path) {
        SeriesByMethod known = inferred.get(path);
        if (known == null) {
            known = new SeriesByMethod(path);
            if (inferred.size() < MAX_INFERRED) {
                inferred.put(path, known);
            }
        }
        return known;
    }

    private static String base(UriInfo uri, String contextPath) {
        String path = uri.getBaseUri().getRawPath();
        return path.startsWith(contextPath) ? path.substring(contextPath.length()) : path;
    }
}
