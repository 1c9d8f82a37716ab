package org.ergograph.alert.routing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When what waits in a group is sent. Pure. */
public final class GroupTiming {
    private GroupTiming() {}

    /**
     * The moment from which the group's message is due, inclusive: after the group's wait, and its interval since the message
     * before. A moment in the future, which a clock that was moved back leaves behind, holds nothing up.
     *
     * @param first when the oldest entry of those that wait was made
     * @param lastSent when this group was sent last; null if never
     * @param urgent whether one of them must not wait, an escalation
     */
    public static Instant due(
            Instant first, @Nullable Instant lastSent, boolean urgent, ChannelPolicy channel, Instant now) {
        Instant made = first.isAfter(now) ? now : first;
        if (urgent || !channel.grouped()) {
            return made;
        }
        if (first.isAfter(now)) {
            return now;
        }
        Instant waited = made.plus(channel.groupWait());
        if (lastSent == null || lastSent.isAfter(now)) {
            return waited;
        }
        Instant paused = lastSent.plus(channel.groupInterval());
        return paused.isAfter(waited) ? paused : waited;
    }
}
