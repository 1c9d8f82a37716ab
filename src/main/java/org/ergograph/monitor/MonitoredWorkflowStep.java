package org.ergograph.monitor;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Measures a step of a workflow. See {@link Monitored} for what all have in common. */
@InterceptorBinding
@Inherited
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface MonitoredWorkflowStep {
    /** The name of the workflow. */
    @Nonbinding
    String workflow();

    /** The name of the step. */
    @Nonbinding
    String step();
}
