package org.ergograph.notify.delivery;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.ergograph.alert.routing.ChannelPolicy;
import org.ergograph.notify.delivery.channel.Receivers;
import org.ergograph.observation.Recorder;
import org.ergograph.observation.TimeSource;
import org.ergograph.outbound.ServerThreads;

/** What sending needs of its node, for the database's messages and the journal's alike. Immutable. */
@Singleton
class DeliveryParts {
    private final Channels channels;
    private final Channels.Sender sender;
    private final Limits limits;
    private final DeliveryCounts counts;
    private final DeliverySettings settings;
    private final Recorder recorder;
    private final TimeSource time;
    private final Executor executor;

    @Inject
    DeliveryParts(
            Channels channels,
            Receivers receivers,
            DeliveryCounts counts,
            DeliverySettings settings,
            Recorder recorder,
            TimeSource time) {
        this(channels, receivers::send, counts, settings, recorder, time, ServerThreads.executor());
    }

    DeliveryParts(
            Channels channels,
            Channels.Sender sender,
            DeliveryCounts counts,
            DeliverySettings settings,
            Recorder recorder,
            TimeSource time,
            Executor executor) {
        this.channels = channels;
        this.sender = sender;
        this.limits = new Limits(settings.perMinute());
        this.counts = counts;
        this.settings = settings;
        this.recorder = recorder;
        this.time = time;
        this.executor = executor;
    }

    Channels channels() {
        return channels;
    }

    Channels.Sender sender() {
        return sender;
    }

    /** Of all channels, whatever they are told from. */
    Limits limits() {
        return limits;
    }

    DeliveryCounts counts() {
        return counts;
    }

    DeliverySettings settings() {
        return settings;
    }

    /** How long an entry waits for its channel at most: the time after which messages are given up, and the channel's own pauses. */
    Duration longestWait(String channel) {
        ChannelPolicy policy = channels.policy(channel).orElse(Channels.LOG_POLICY);
        Duration wait = policy.groupWait();
        Duration pause = policy.groupInterval();
        return settings.giveUp().plus(wait.compareTo(pause) > 0 ? wait : pause);
    }

    Recorder recorder() {
        return recorder;
    }

    TimeSource time() {
        return time;
    }

    /** For work that may wait. */
    Executor executor() {
        return executor;
    }
}
