package org.ergograph.http;

import jakarta.servlet.ServletException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what an application threw inside of what its container put around it. */
final class Causes {
    /** By name: they are the servers' own, and each has its own set. */
    private static final Set<String> WRAPPERS = Set.of(
            "org.jboss.resteasy.spi.UnhandledException",
            "org.glassfish.jersey.server.ContainerException",
            "org.glassfish.jersey.server.internal.process.MappableException");

    private Causes() {}

    static Throwable of(Throwable thrown) {
        Throwable found = thrown;
        for (int depth = 0; depth < 8; depth++) {
            Throwable cause = inside(found);
            if (cause == null) {
                return found;
            }
            found = cause;
        }
        return found;
    }

    private static @Nullable Throwable inside(Throwable thrown) {
        if (thrown instanceof ServletException servlet && servlet.getRootCause() != null) {
            return servlet.getRootCause();
        }
        boolean wrapper = thrown.getClass() == ServletException.class
                || WRAPPERS.contains(thrown.getClass().getName());
        return wrapper ? thrown.getCause() : null;
    }
}
