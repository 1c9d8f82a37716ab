package org.ergograph.monitor;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * The measured methods of the bean classes that one interceptor class serves, found once each; bounded by the application's
 * methods. Thread-safe.
 */
final class Sites {
    private record Key(Class<?> bean, Method method) {}

    private final Map<Key, Site> known = new ConcurrentHashMap<>();
    private final BiFunction<Class<?>, Method, Site> make;

    /** @param make makes the site of a method as called on a bean class */
    Sites(BiFunction<Class<?>, Method, Site> make) {
        this.make = make;
    }

    Site of(Class<?> bean, Method method) {
        Key key = new Key(bean, method);
        Site site = known.get(key);
        return site != null ? site : known.computeIfAbsent(key, k -> make.apply(k.bean(), k.method()));
    }
}
