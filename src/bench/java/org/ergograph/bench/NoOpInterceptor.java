package org.ergograph.bench;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/** The floor of any interceptor: it only goes on. */
@NoOp
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
public class NoOpInterceptor {
    @AroundInvoke
    Object around(InvocationContext call) throws Exception {
        return call.proceed();
    }
}
