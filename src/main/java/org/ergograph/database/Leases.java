package org.ergograph.database;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.ergograph.observation.NodeIdentity;

/**
 * Who of several nodes does what only one may do at a time. A lease is a row that names its owner and when it expires, by the
 * clock of the database; an owner that dies is followed by another node once it has expired. Thread-safe.
 */
@Singleton
public class Leases {
    private static final System.Logger LOG = System.getLogger(Leases.class.getName());
    private static final int TIMEOUT_SECONDS = 5;
    private static final int IDLE_MILLIS = 30_000;
    private static final int NAME_LENGTH = 60;

    private final DataSource dataSource;
    private final String owner;
    private final AtomicBoolean failing = new AtomicBoolean();
    private volatile boolean postgres;

    @Inject
    public Leases(DataSource dataSource, NodeIdentity node) {
        this.dataSource = dataSource;
        String name = node.name();
        this.owner = name.substring(0, Math.min(NAME_LENGTH, name.length())) + "/" + node.instanceId();
    }

    /** Whose a lease is. */
    public enum Holder {
        OURS,
        ANOTHER,
        /** The database does not answer. */
        UNKNOWN
    }

    /**
     * Takes the lease if nobody has it or its owner let it expire, or prolongs it if it is ours.
     *
     * @return whether it is ours now; false, too, if the database does not answer
     */
    public boolean acquire(String name, Duration duration) {
        return ask(name, duration) == Holder.OURS;
    }

    /** The same as {@link #acquire}, for those who do something else while the database does not answer. */
    public Holder ask(String name, Duration duration) {
        try (Connection connection = dataSource.getConnection()) {
            postgres = Product.isPostgres(connection);
            boolean ours = take(connection, name, duration) || add(connection, name, duration);
            if (failing.getAndSet(false)) {
                LOG.log(System.Logger.Level.INFO, "leases: the database answers again");
            }
            return ours ? Holder.OURS : Holder.ANOTHER;
        } catch (SQLException e) {
            if (!failing.getAndSet(true)) {
                LOG.log(System.Logger.Level.WARNING, "leases: the database does not answer: " + e.getMessage());
            }
            return Holder.UNKNOWN;
        }
    }

    private boolean take(Connection connection, String name, Duration duration) throws SQLException {
        // An update that waits for the owner's transaction decides by what is there afterwards.
        try (PreparedStatement update = connection.prepareStatement("""
                update lease set owner = ?, expires_at = current_timestamp + cast(? as integer) * interval '1' second
                where name = ? and (owner = ? or expires_at < current_timestamp)
                """)) {
            update.setQueryTimeout(TIMEOUT_SECONDS);
            update.setString(1, owner);
            update.setInt(2, seconds(duration));
            update.setString(3, name);
            update.setString(4, owner);
            return update.executeUpdate() == 1;
        }
    }

    private boolean add(Connection connection, String name, Duration duration) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into lease (name, owner, expires_at)
                select ?, ?, current_timestamp + cast(? as integer) * interval '1' second
                where not exists (select 1 from lease where name = ?)
                """)) {
            insert.setQueryTimeout(TIMEOUT_SECONDS);
            insert.setString(1, name);
            insert.setString(2, owner);
            insert.setInt(3, seconds(duration));
            insert.setString(4, name);
            return insert.executeUpdate() == 1;
        } catch (SQLException e) {
            if (SqlStates.isDuplicate(e)) {
                return false; // another node was first
            }
            throw e;
        }
    }

    private static int seconds(Duration duration) {
        return (int) Math.max(1, duration.toSeconds());
    }

    /**
     * Makes sure, within the caller's transaction, that the lease stays ours until the transaction ends: nobody can take it
     * before, even if it expires.
     *
     * @return false if it is no longer ours; the transaction must then change nothing
     */
    public boolean hold(Connection connection, String name) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(holding(Product.isPostgres(connection)))) {
            select.setQueryTimeout(TIMEOUT_SECONDS);
            select.setString(1, name);
            select.setString(2, owner);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }

    /**
     * The same within the transaction of an entity manager, by who has {@linkplain #ask asked} for the lease before.
     *
     * @throws PersistenceException if the database does not answer
     */
    public boolean hold(EntityManager entities, String name) {
        // In the servers an entity manager has a connection during a statement only: there is none to unwrap.
        return !entities.createNativeQuery(holding(postgres))
                .setParameter(1, name)
                .setParameter(2, owner)
                .setHint("jakarta.persistence.query.timeout", TIMEOUT_SECONDS * 1_000)
                .getResultList()
                .isEmpty();
    }

    private static String holding(boolean postgres) {
        // A node that is cut off within the transaction must not keep the row locked for as long as TCP takes to
        // notice.
        String limit =
                postgres ? ", set_config('idle_in_transaction_session_timeout', '" + IDLE_MILLIS + "', true)" : "";
        return "select owner" + limit + " from lease where name = ? and owner = ? for update";
    }

    /** Gives the lease back if it is ours, so that another node need not wait until it expires. */
    public void release(String name) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement delete =
                        connection.prepareStatement("delete from lease where name = ? and owner = ?")) {
            delete.setQueryTimeout(TIMEOUT_SECONDS);
            delete.setString(1, name);
            delete.setString(2, owner);
            delete.executeUpdate();
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.WARNING, "leases: " + name + " stays ours until it expires: " + e.getMessage());
        }
    }
}
