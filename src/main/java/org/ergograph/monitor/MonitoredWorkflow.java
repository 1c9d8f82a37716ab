package org.ergograph.monitor;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Opens a run of a workflow and closes it when the method ends: one observation for the run, beside those of its steps. While
 * it is open it counts as active. See {@link Monitored} for what all have in common.
 */
@InterceptorBinding
@Inherited
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface MonitoredWorkflow {
    /** The name of the workflow, the same as its steps name; empty stands for {@code Class.method}. */
    @Nonbinding
    String name() default "";
}
