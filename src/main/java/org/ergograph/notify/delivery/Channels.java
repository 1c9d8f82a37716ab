package org.ergograph.notify.delivery;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ergograph.alert.Severity;
import org.ergograph.alert.routing.ChannelPolicy;

/**
 * The channels as this node knows them, also while the database is out. {@link #LOG} is always there. Thread-safe; asks no
 * database.
 */
@Singleton
public class Channels {
    /** The channel that writes to the server's log. */
    public static final String LOG = "log";

    /** One line an alert, at once. */
    static final ChannelPolicy LOG_POLICY = new ChannelPolicy(
            LOG,
            false,
            List.of(),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofHours(4),
            Duration.ofMinutes(5),
            6000,
            true,
            Severity.INFO);

    @Inject
    Channels() {}

    /** How often the channel wants to be told; empty if there is none of this name. */
    public Optional<ChannelPolicy> policy(String name) {
        return name.equals(LOG) ? Optional.of(LOG_POLICY) : Optional.empty();
    }

    /** Whether something can be sent there; if not, {@link #LOG} takes its place. */
    public boolean ready(String name) {
        return policy(name).isPresent();
    }
}
