package org.ergograph.it;

import org.jboss.arquillian.container.spi.event.DeployManagedDeployments;
import org.jboss.arquillian.container.spi.event.UnDeployManagedDeployments;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.EventContext;
import org.jboss.arquillian.core.spi.LoadableExtension;

/** Deploys once a test run, what the first class deploys, and leaves it to the end: all classes of a run share it. */
public final class SharedDeployment implements LoadableExtension {
    @Override
    public void register(ExtensionBuilder builder) {
        builder.observer(Once.class);
    }

    /** Stands between Arquillian's events and what they would do. */
    static final class Once {
        private boolean deployed;

        void deploy(@Observes EventContext<DeployManagedDeployments> event) {
            if (!deployed) {
                event.proceed();
                deployed = true;
            }
        }

        void keep(@Observes EventContext<UnDeployManagedDeployments> event) {
            // Not proceeded with: the server goes down with the application.
        }
    }
}
