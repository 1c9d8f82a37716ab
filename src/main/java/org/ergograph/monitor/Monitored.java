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
 * Measures a method of a bean, or every business method of a class; on both, the method wins. A method that returns a
 * {@link java.util.concurrent.CompletionStage} is measured to its completion, one that is declared to return a
 * {@link java.util.concurrent.Flow.Publisher} to the end of its first subscription. Result, exception and transaction stay as
 * they are.
 *
 * <p>This holds for all annotations of this package. As with every interceptor, a call of a bean to itself is not measured,
 * nor is one to a private or static method. Where several of them stand on one method, the workflow is outermost, then step,
 * tool, this one and database operation; all of them are outside of {@code jakarta.transaction.Transactional} and inside of
 * {@code jakarta.enterprise.concurrent.Asynchronous}.
 */
@InterceptorBinding
@Inherited
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Monitored {
    /** The name under which it is measured; empty stands for {@code Class.method}. */
    @Nonbinding
    String name() default "";
}
