package org.ergograph.notify.delivery;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How messages are sent. Immutable.
 *
 * @param enabled whether this node sends anything
 * @param giveUp after which time without success a message is given up
 * @param perMinute how many messages a minute all channels together take
 * @param retention how long it is kept what was sent, or given up
 * @param watchdogChannel gets a heartbeat; empty for none
 * @param watchdogInterval between two heartbeats
 * @param journal the directory of what is to be sent while the database is out
 */
public record DeliverySettings(
        boolean enabled,
        Duration giveUp,
        int perMinute,
        Duration retention,
        String watchdogChannel,
        Duration watchdogInterval,
        Path journal) {}
