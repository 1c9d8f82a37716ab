package org.ergograph.notify.delivery.channel;

import org.ergograph.alert.routing.ChannelPolicy;

/** A place where messages go. Immutable. */
public record Channel(ChannelPolicy policy, Target target) {
    /** Its name. */
    public String name() {
        return policy.name();
    }
}
