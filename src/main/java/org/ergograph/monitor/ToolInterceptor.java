package org.ergograph.monitor;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.jspecify.annotations.Nullable;

/** Measures what carries {@link MonitoredTool}. */
@MonitoredTool(name = "")
@Interceptor
@Priority(Order.TOOL)
class ToolInterceptor {
    private final Work work;
    private final SiteCache sites;

    @Inject
    ToolInterceptor(Work work, MeasuredSites sites) {
        this.work = work;
        this.sites = new SiteCache(sites.tool());
    }

    @AroundInvoke
    @Nullable
    Object measure(InvocationContext call) throws Exception {
        return work.enabled() ? work.time(call, sites) : call.proceed();
    }
}
