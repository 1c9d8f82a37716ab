package org.ergograph.monitor;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.jspecify.annotations.Nullable;

/** Measures what carries {@link Monitored}. */
@Monitored
@Interceptor
@Priority(Order.METHOD)
class MethodInterceptor {
    private final Work work;
    private final SiteCache sites;

    @Inject
    MethodInterceptor(Work work, MeasuredSites sites) {
        this.work = work;
        this.sites = new SiteCache(sites.method());
    }

    @AroundInvoke
    @Nullable
    Object measure(InvocationContext call) throws Exception {
        return work.enabled() ? work.time(call, sites) : call.proceed();
    }
}
