package org.ergograph.notify.delivery;

import java.time.Instant;
import org.ergograph.alert.routing.Occasion;
import org.ergograph.notify.delivery.channel.AlertMessage;

/**
 * What is to be told of one alert on one channel. Immutable.
 *
 * @param id unique and ordered by time: what has an id that is there already is the same entry
 * @param channel its name; what waits for a channel that is not there goes to {@code log}
 * @param groupKey entries of one channel with the same key may share a message; at most 400 characters
 * @param madeAt when it was decided
 * @param reason why, for people; cut at 400 characters
 */
public record Entry(
        String id,
        String alertId,
        String channel,
        Occasion occasion,
        String groupKey,
        Instant madeAt,
        String reason,
        AlertMessage content) {}
