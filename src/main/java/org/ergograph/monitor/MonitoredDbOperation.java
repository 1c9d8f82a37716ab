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
 * Measures an operation on a database. Where the method opens the transaction, its time includes begin and commit, and a commit
 * that fails is an error; inside the transaction of a caller it does not. See {@link Monitored} for what all have in common.
 */
@InterceptorBinding
@Inherited
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface MonitoredDbOperation {
    /** What is done, in one word: {@code select}, {@code insert}, {@code update} or {@code delete} say. */
    @Nonbinding
    String operation();

    /** The table it is done to. */
    @Nonbinding
    String table();
}
