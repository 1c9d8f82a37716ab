package org.ergograph.it;

import java.io.File;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/**
 * A test against the classes of the WAR as the build made it, and the fixtures beside them, from outside. All such tests of a run share one server and one deployment, so
 * a test must hold whatever the others did.
 */
@ArquillianTest
abstract class DeployedWar {
    private static final String NAME = "ergograph";
    private static boolean deployed;

    final Server server = Server.current();

    @ArquillianResource
    @Nullable
    Deployer deployer;

    @Deployment(name = NAME, managed = false, testable = false)
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/ergograph.war"))
                .addPackage("org.ergograph.it.fixture");
    }

    @BeforeEach
    void deployOnce() {
        if (!deployed && deployer != null) {
            deployer.deploy(NAME);
            deployed = true;
        }
    }
}
