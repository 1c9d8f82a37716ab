package org.ergograph.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration.Dynamic;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts {@link RequestFilter} in front of every other filter of the application, whatever its deployment descriptor says of
 * fragments and annotations. An application that declares a filter of the same name keeps its own.
 */
public final class FilterRegistration implements ServletContainerInitializer {
    static final String NAME = "ergograph";
    private static final String PAGE = "ergograph-metrics-page";

    /** For the container. */
    public FilterRegistration() {}

    /** Registers the filter of requests for the first dispatch of a request and the later ones of an asynchronous one. */
    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
        Dynamic filter = context.addFilter(NAME, RequestFilter.class);
        if (filter != null) {
            filter.setAsyncSupported(true);
            filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, "/*");
        }
        Dynamic page = context.addFilter(PAGE, MetricsPageFilter.class);
        if (page != null) {
            page.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/metrics", "/metrics/*");
        }
    }
}
