package org.ergograph.outbound;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** The threads that the server lends to applications. */
public final class ServerThreads {
    private ServerThreads() {}

    /** For work that may wait. */
    public static Executor executor() {
        return (Executor) managed("DefaultManagedExecutorService");
    }

    /** Says when; it may have one thread only, so nothing is done on it that might wait. */
    public static ScheduledExecutorService scheduler() {
        return (ScheduledExecutorService) managed("DefaultManagedScheduledExecutorService");
    }

    @SuppressWarnings("BanJNDI") // constant names of the specification
    private static Object managed(String name) {
        try {
            return new InitialContext().lookup("java:comp/" + name);
        } catch (NamingException e) {
            throw new IllegalStateException("the server has no " + name, e);
        }
    }
}
