package org.ergograph.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An application that knows only the coordinates of the embeddable jar, on a server with MicroProfile alone. */
@ArquillianTest
@Tag("embed")
class EmbedIT {
    private final Server server = Server.current();

    @Deployment(testable = false)
    static WebArchive embedder() {
        return ShrinkWrap.createFromZipFile(
                WebArchive.class, new File("target/it/projects/embedder/target/embedder.war"));
    }

    @Test
    void applicationStillWorks() throws Exception {
        assertThat(server.get("/embedder/shop/items/7").body()).isEqualTo("item 7");
        assertThat(server.get("/embedder/shop/items/none").statusCode()).isEqualTo(500);
    }
}
