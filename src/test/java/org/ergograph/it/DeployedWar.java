package org.ergograph.it;

import java.io.File;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeAll;

/**
 * A test against the classes of the WAR as the build made it, and the fixtures beside them, from outside. All such tests of a run share one server and one deployment, so
 * a test must hold whatever the others did.
 */
@ArquillianTest
public abstract class DeployedWar {
    protected final Server server = Server.current();

    /** The tables are made in the background: whoever is first would find none. */
    @BeforeAll
    static void started() throws Exception {
        Await.until(
                "the application has started",
                () -> Server.current().get("/health/started").statusCode(),
                status -> status == 200);
    }

    @Deployment(testable = false)
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/ergograph.war"))
                .addPackage("org.ergograph.it.fixture");
    }
}
