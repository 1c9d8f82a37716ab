package org.ergograph.alert;

import java.time.Duration;
import java.util.List;

/**
 * Who is told of a rule's alerts. Immutable.
 *
 * @param channels names; one that is not there or not ready is replaced by {@code log}
 * @param messageTemplate the sentence of the message, with fields in braces, {@code {value}} say; empty means the usual one
 * @param cooldown the pause after a message before the same alert is told again
 * @param escalation how long after an alert began to fire it is escalated unless somebody acknowledged it; zero means never
 */
public record Notice(List<String> channels, String messageTemplate, Duration cooldown, Duration escalation) {
    public Notice {
        channels = List.copyOf(channels);
    }
}
