package org.ergograph.database;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * The application's pool, as Open Liberty's own bean tells of it: there a connection stays in use until its transaction or its
 * request ends, after its handle is closed. Thread-safe.
 */
final class LibertyPool {
    private static final System.Logger LOG = System.getLogger(LibertyPool.class.getName());

    private final MBeanServer beans;
    private final ObjectName name;

    private LibertyPool(MBeanServer beans, ObjectName name) {
        this.beans = beans;
        this.name = name;
    }

    /** That of this application; empty on other servers. The server makes it with the first connection. */
    @SuppressWarnings("BanJNDI") // a constant name of the specification
    static Optional<LibertyPool> find() {
        try {
            Object application = new InitialContext().lookup("java:app/AppName");
            MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
            Set<ObjectName> found = beans.queryNames(
                    new ObjectName("WebSphere:type=com.ibm.ws.jca.cm.mbean.ConnectionManagerMBean,"
                            + "jndiName=java.app/jdbc/ergograph,application=" + application + ",*"),
                    null);
            return found.stream().findFirst().map(name -> new LibertyPool(beans, name));
        } catch (NamingException | JMException e) {
            LOG.log(System.Logger.Level.DEBUG, "no pool of Open Liberty", e);
            return Optional.empty();
        }
    }

    /** How many connections are open; empty when the pool is gone. */
    OptionalInt size() {
        return figure("Size");
    }

    /** How many of them nobody has; empty when the pool is gone. */
    OptionalInt free() {
        return figure("Available");
    }

    private OptionalInt figure(String attribute) {
        try {
            return OptionalInt.of(((Number) beans.getAttribute(name, attribute)).intValue());
        } catch (JMException e) {
            LOG.log(System.Logger.Level.DEBUG, "the pool does not tell its " + attribute, e);
            return OptionalInt.empty();
        }
    }
}
