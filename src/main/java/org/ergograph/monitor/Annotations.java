package org.ergograph.monitor;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the annotation that a measured method has: the method's own, else that of the bean's class. */
final class Annotations {
    private static final String TRANSACTIONAL = "jakarta.transaction.Transactional";
    private static final Set<String> JOINS_ONLY = Set.of("MANDATORY", "SUPPORTS", "NOT_SUPPORTED", "NEVER");

    private Annotations() {}

    /**
     * The annotation that stands on the method, else on the bean's class or one it extends, else on the class that declares
     * the method, in itself or in one of its stereotypes.
     */
    static <A extends Annotation> @Nullable A find(Class<?> bean, Method method, Class<A> type) {
        A own = method.getAnnotation(type);
        if (own != null) {
            return own;
        }
        // The annotation is inherited, and the classes that a container generates extend the bean's.
        A ofClass = bean.getAnnotation(type);
        if (ofClass == null) {
            ofClass = method.getDeclaringClass().getAnnotation(type);
        }
        return ofClass != null ? ofClass : meta(bean, method, type);
    }

    private static <A extends Annotation> @Nullable A meta(Class<?> bean, Method method, Class<A> type) {
        for (Annotation annotation : method.getAnnotations()) {
            A inner = annotation.annotationType().getAnnotation(type);
            if (inner != null) {
                return inner;
            }
        }
        for (Annotation annotation : bean.getAnnotations()) {
            A inner = annotation.annotationType().getAnnotation(type);
            if (inner != null) {
                return inner;
            }
        }
        return null;
    }

    /** Whether the method may open a transaction; the annotation is known by name, so that nothing need have it. */
    static boolean opensTransaction(Class<?> bean, Method method) {
        Annotation annotation = byName(method.getAnnotations());
        if (annotation == null) {
            annotation = byName(bean.getAnnotations());
        }
        if (annotation == null) {
            return false;
        }
        try {
            Object type = annotation.annotationType().getMethod("value").invoke(annotation);
            return !JOINS_ONLY.contains(String.valueOf(type));
        } catch (ReflectiveOperationException e) {
            // An annotation of that name without the value that the specification gives it: taken for its default.
            return true;
        }
    }

    private static @Nullable Annotation byName(Annotation[] annotations) {
        for (Annotation annotation : annotations) {
            if (annotation.annotationType().getName().equals(TRANSACTIONAL)) {
                return annotation;
            }
        }
        return null;
    }

    /** {@code Class.method}, without what a container added to the name of the class. */
    static String defaultName(Class<?> bean, Method method) {
        Class<?> type = bean;
        while (type.isSynthetic() || type.getSimpleName().contains("$")) {
            Class<?> above = type.getSuperclass();
            if (above == null || above == Object.class) {
                break;
            }
            type = above;
        }
        return type.getSimpleName() + "." + method.getName();
    }
}
