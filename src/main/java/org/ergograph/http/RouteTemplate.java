package org.ergograph.http;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a route is called: its path with the names of its parameters, always with a slash first and none last. */
final class RouteTemplate {
    private RouteTemplate() {}

    /** Whether the class is a root resource, so that its annotations tell the whole path. */
    static boolean isRoot(Class<?> resource) {
        return path(resource) != null;
    }

    /** The template that the annotations of a resource class and its method tell, below the application's path. */
    static String of(Class<?> resource, Method method) {
        Path ofClass = path(resource);
        Path ofMethod = path(resource, method);
        return join(ofClass == null ? "" : ofClass.value(), ofMethod == null ? "" : ofMethod.value());
    }

    /** Joins path templates, and leaves their regular expressions out. */
    static String join(String... parts) {
        StringBuilder joined = new StringBuilder();
        for (String part : parts) {
            String plain = withoutExpressions(part);
            int from = 0;
            int to = plain.length();
            while (from < to && plain.charAt(from) == '/') {
                from++;
            }
            while (to > from && plain.charAt(to - 1) == '/') {
                to--;
            }
            if (from < to) {
                joined.append('/').append(plain, from, to);
            }
        }
        return joined.length() == 0 ? "/" : joined.toString();
    }

    /**
     * A path with the values of its parameters replaced by their names: for a resource that a locator gave, whose annotations
     * tell only the end of its path.
     */
    static String inferred(String base, String path, Map<String, List<String>> parameters) {
        String template = join(base, path.replace("{", "%7B").replace("}", "%7D"));
        for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
            for (String value : parameter.getValue()) {
                template = replaceSegments(template, value, "{" + parameter.getKey() + "}");
            }
        }
        return template;
    }

    private static String replaceSegments(String path, String value, String name) {
        if (value.isEmpty()) {
            return path;
        }
        for (int at = path.indexOf(value); at >= 0; at = path.indexOf(value, at + 1)) {
            int end = at + value.length();
            if (path.charAt(at - 1) == '/' && (end == path.length() || path.charAt(end) == '/')) {
                return path.substring(0, at) + name + path.substring(end);
            }
        }
        return path;
    }

    private static String withoutExpressions(String template) {
        if (template.indexOf('{') < 0) {
            return template;
        }
        StringBuilder plain = new StringBuilder();
        int depth = 0;
        boolean expression = false;
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            if (c == '{' && depth++ == 0) {
                expression = false;
                plain.append(c);
            } else if (c == '}' && --depth == 0) {
                plain.append(c);
            } else if (depth == 0) {
                plain.append(c);
            } else if (depth == 1 && c == ':') {
                expression = true;
            } else if (!expression && !Character.isWhitespace(c)) {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    private static @Nullable Path path(Class<?> resource) {
        for (Class<?> type = resource; type != null; type = type.getSuperclass()) {
            Path own = type.getAnnotation(Path.class);
            if (own != null) {
                return own;
            }
            for (Class<?> promised : type.getInterfaces()) {
                Path inherited = path(promised);
                if (inherited != null) {
                    return inherited;
                }
            }
        }
        return null;
    }

    /** An overriding method without annotations has those of what it overrides, superclass before interface. */
    private static @Nullable Path path(Class<?> resource, Method method) {
        Method annotated = annotated(resource, method);
        return annotated == null ? null : annotated.getAnnotation(Path.class);
    }

    private static @Nullable Method annotated(@Nullable Class<?> type, Method method) {
        if (type == null) {
            return null;
        }
        Method own = declared(type, method);
        if (own != null && isResourceMethod(own)) {
            return own;
        }
        Method above = annotated(type.getSuperclass(), method);
        for (Class<?> promised : type.getInterfaces()) {
            if (above == null) {
                above = annotated(promised, method);
            }
        }
        return above;
    }

    private static @Nullable Method declared(Class<?> type, Method method) {
        for (Method candidate : type.getDeclaredMethods()) {
            if (!candidate.isBridge()
                    && candidate.getName().equals(method.getName())
                    && overrides(method.getParameterTypes(), candidate.getParameterTypes())) {
                return candidate;
            }
        }
        return null;
    }

    /** Same parameters, or wider ones where the overridden method is generic. */
    private static boolean overrides(Class<?>[] parameters, Class<?>[] overridden) {
        if (parameters.length != overridden.length) {
            return false;
        }
        for (int i = 0; i < parameters.length; i++) {
            if (!overridden[i].isAssignableFrom(parameters[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isResourceMethod(Method method) {
        for (Annotation annotation : method.getAnnotations()) {
            if (annotation instanceof Path || annotation.annotationType().isAnnotationPresent(HttpMethod.class)) {
                return true;
            }
        }
        return false;
    }
}
