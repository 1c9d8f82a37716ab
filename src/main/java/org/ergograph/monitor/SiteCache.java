package org.ergograph.monitor;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The sites of one bean instance, found by the identity of the method. An update may be lost in a race, which costs another
 * lookup and nothing else. Thread-safe: the links of the chain are immutable.
 */
final class SiteCache {
    /** Beyond this, a look at each costs as much as the shared lookup. */
    private static final int ROOM = 16;

    private record Link(Method method, Site site, @Nullable Link next, int length) {}

    private final Sites sites;
    private @Nullable Link near;

    SiteCache(Sites sites) {
        this.sites = sites;
    }

    @SuppressWarnings("ReferenceEquality") // the same method in another copy is served by the shared lookup
    Site of(Object target, Method method) {
        for (Link link = near; link != null; link = link.next) {
            if (link.method == method) {
                return link.site;
            }
        }
        return far(target, method);
    }

    private Site far(Object target, Method method) {
        Site site = sites.of(target.getClass(), method);
        Link before = near;
        int length = before == null ? 0 : before.length;
        // A container that hands out a new copy of the method with each call fills the chain once, and is then served
        // from
        // the shared lookup.
        if (length < ROOM) {
            near = new Link(method, site, before, length + 1);
        }
        return site;
    }
}
