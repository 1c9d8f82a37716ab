package org.ergograph.database.transfer;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.ergograph.database.LongStatements;

/**
 * Copies everything that an H2 database holds into this one, whose schema is made and which is empty otherwise. Whatever ends
 * it, the next run goes on where it was; a run after the last one finds nothing to do. Not thread-safe, but several nodes may
 * do it at once.
 */
@Singleton
public class Import {
    private static final System.Logger LOG = System.getLogger(Import.class.getName());
    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ImportSettings settings;
    private final DataSource dataSource;
    private final Iterable<BeforeRows> preparations;
    private volatile boolean stopped;
    private long toldNanos;

    @Inject
    Import(ImportSettings settings, DataSource dataSource, @Any Instance<BeforeRows> preparations) {
        this(settings, dataSource, (Iterable<BeforeRows>) preparations);
    }

    /** @param preparations what has to be done before rows of a table can be written */
    public Import(ImportSettings settings, DataSource dataSource, Iterable<BeforeRows> preparations) {
        this.settings = settings;
        this.dataSource = LongStatements.on(dataSource);
        this.preparations = preparations;
    }

    /**
     * Imports, if that is asked for and not done yet.
     *
     * @param told how far it is, now and then, in words
     * @throws ImportRefused if it cannot be done as things are
     */
    public void run(Consumer<String> told) throws SQLException {
        if (settings.url().isEmpty()) {
            return;
        }
        try (Connection to = dataSource.getConnection()) {
            to.setAutoCommit(false);
            try (Connection from = open()) {
                run(from, to, told);
            } finally {
                to.rollback();
                to.setAutoCommit(true);
            }
        }
    }

    /** Ends a run that is under way after its chunk. */
    public void stop() {
        stopped = true;
    }

    private void run(Connection from, Connection to, Consumer<String> told) throws SQLException {
        String version = Tables.version(to);
        if (!Objects.equals(Tables.version(from), version)) {
            throw new ImportRefused("the schema to import is at version " + Tables.version(from) + " and not at "
                    + version + ": start this release once with that database, and stop it, before it is imported");
        }
        List<Table> tables = Tables.inOrder(from);
        if (begin(tables, to)) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "import: all was imported before; ergograph.import.url can be taken away");
            return;
        }
        LOG.log(System.Logger.Level.INFO, "import: begins or goes on");
        for (Table table : tables) {
            copy(table, from, to, told);
        }
        for (Table table : tables) {
            compare(table, from, to);
        }
        LOG.log(System.Logger.Level.INFO, "import: all is imported; ergograph.import.url can be taken away");
    }

    /** Notes what is to be copied, unless that is noted. Returns whether all of it is done. */
    private boolean begin(List<Table> tables, Connection to) throws SQLException {
        boolean finished = true;
        String source = source();
        for (Table table : tables) {
            Progress progress = Progress.read(to, table.plainName());
            if (progress == null) {
                if (count(to, table) > 0) {
                    throw new ImportRefused("there are rows in " + table.plainName()
                            + " already: import into an empty database, or take ergograph.import.url away");
                }
                progress = new Progress(source, Progress.NONE.lastRow(), 0, false);
                progress.insert(to, table.plainName());
            } else if (!progress.source().equals(source)) {
                throw new ImportRefused("another database was imported before: import into an empty database,"
                        + " or take ergograph.import.url away");
            }
            finished &= progress.finished();
        }
        to.commit();
        return finished;
    }

    private void copy(Table table, Connection from, Connection to, Consumer<String> told) throws SQLException {
        long all = count(from, table);
        TableCopy copy = new TableCopy(from, to, table, preparations);
        Progress progress;
        do {
            if (stopped) {
                throw new ImportRefused("the application ends; the import goes on when it starts again");
            }
            progress = copy.next();
            String text = "import: " + table.plainName() + ", " + progress.copied() + " of " + all + " rows";
            told.accept(text);
            if (System.nanoTime() - toldNanos > TELL_NANOS) {
                toldNanos = System.nanoTime();
                LOG.log(System.Logger.Level.INFO, text);
            }
        } while (!progress.finished());
    }

    private static void compare(Table table, Connection from, Connection to) throws SQLException {
        long there = count(from, table);
        long here = count(to, table);
        if (there != here) {
            throw new ImportRefused(
                    "after the import " + table.plainName() + " has " + here + " rows and not " + there);
        }
        LOG.log(System.Logger.Level.INFO, "import: " + table.plainName() + " has all " + here + " rows");
    }

    private static long count(Connection connection, Table table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(table.count())) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Not by the driver manager, which does not see what the server loads for applications. */
    private Connection open() throws SQLException {
        String url = settings.url();
        if (!url.startsWith("jdbc:h2:")) {
            throw new ImportRefused("ergograph.import.url must begin with jdbc:h2:");
        }
        Properties properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password());
        // Never makes an empty database where none is.
        String existing = url.toUpperCase(Locale.ROOT).contains(";IFEXISTS=") ? url : url + ";IFEXISTS=TRUE";
        Connection connection = driver().connect(existing, properties);
        if (connection == null) {
            throw new ImportRefused("ergograph.import.url is not of H2");
        }
        return connection;
    }

    private static Driver driver() {
        try {
            return Class.forName("org.h2.Driver", true, Thread.currentThread().getContextClassLoader())
                    .asSubclass(Driver.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new ImportRefused("the server has no driver of H2 (org.h2.Driver): add its jar");
        }
    }

    /** Stands for the URL, which may hold secrets. */
    private String source() {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(settings.url().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
