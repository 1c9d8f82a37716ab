package org.ergograph.database;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.spi.PersistenceProvider;
import jakarta.persistence.spi.PersistenceProviderResolverHolder;
import jakarta.persistence.spi.PersistenceUnitInfo;
import jakarta.persistence.spi.ProviderUtil;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The server's own JPA provider, with connections that are counted: a server gives JPA the pool itself, so the counting is put
 * between the two here. Named in persistence.xml.
 */
@SuppressWarnings("rawtypes") // those of the interface
public final class CountedPersistence implements PersistenceProvider {
    private final PersistenceProvider server;

    /** For the server. */
    public CountedPersistence() {
        this.server =
                PersistenceProviderResolverHolder.getPersistenceProviderResolver().getPersistenceProviders().stream()
                        .filter(provider -> !provider.getClass().equals(CountedPersistence.class))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("the server has no JPA provider"));
    }

    @Override
    public EntityManagerFactory createContainerEntityManagerFactory(PersistenceUnitInfo unit, Map properties) {
        return server.createContainerEntityManagerFactory(counted(unit), properties);
    }

    /** None: a program that makes its own has no pool of a server. */
    @Override
    public @Nullable EntityManagerFactory createEntityManagerFactory(String unit, Map properties) {
        return null;
    }

    @Override
    public void generateSchema(PersistenceUnitInfo unit, Map properties) {
        server.generateSchema(counted(unit), properties);
    }

    @Override
    public boolean generateSchema(String unit, Map properties) {
        return false;
    }

    @Override
    public ProviderUtil getProviderUtil() {
        return server.getProviderUtil();
    }

    private PersistenceUnitInfo counted(PersistenceUnitInfo unit) {
        return (PersistenceUnitInfo) Proxy.newProxyInstance(
                CountedPersistence.class.getClassLoader(),
                new Class<?>[] {PersistenceUnitInfo.class},
                (proxy, method, arguments) -> value(unit, method, arguments));
    }

    private @Nullable Object value(PersistenceUnitInfo unit, Method method, Object @Nullable [] arguments)
            throws Throwable {
        if (method.getName().equals("getPersistenceProviderClassName")) {
            return server.getClass().getName(); // EclipseLink takes no unit of another provider
        }
        try {
            Object value = method.invoke(unit, arguments);
            return value instanceof DataSource pool ? new CountedDataSource(pool, PoolUse.APPLICATION) : value;
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
