package org.ergograph.notify.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ergograph.alert.routing.ChannelPolicy;
import org.ergograph.alert.routing.GroupTiming;

/**
 * What waits to be sent at one moment. Pure; immutable.
 *
 * @param waiting in the order in which they were made
 * @param open the messages that were begun
 * @param lastSent when each group was sent last, by {@link #group}; of those that wait
 */
record Backlog(List<Waiting> waiting, List<Open> open, Map<String, Instant> lastSent) {
    static final Backlog EMPTY = new Backlog(List.of(), List.of(), Map.of());

    private static final int MAX_ENTRIES = 500;
    /** All that waits for a channel that can be told of any number of alerts at once. */
    static final String ALL = "*";

    /** A group of a channel in one text. */
    static String group(String channel, String groupKey) {
        return channel + '\n' + groupKey;
    }

    /** The channels that something waits for. */
    Set<String> channels() {
        Set<String> channels = new TreeSet<>();
        waiting.forEach(entry -> channels.add(entry.channel()));
        open.forEach(message -> channels.add(message.channel()));
        return channels;
    }

    /** How many entries and messages wait. */
    int size() {
        return waiting.size() + open.size();
    }

    /**
     * What the channel is sent now; empty if nothing is due. What was tried before goes first; a group with such a message waits
     * for it, so that what is told of an alert is told in order.
     *
     * @param policy of where it is sent, which need not be the channel that was meant
     * @param bulk whether all that waits goes into one message
     */
    Optional<Pick> next(String channel, ChannelPolicy policy, boolean bulk, Instant now) {
        List<Open> begun =
                open.stream().filter(each -> each.channel().equals(channel)).toList();
        Optional<Open> again = begun.stream()
                .filter(each -> !each.nextAt().isAfter(now))
                .min(Comparator.comparing(Open::nextAt).thenComparing(Open::id));
        if (again.isPresent()) {
            return Optional.of(new Pick.Again(again.get()));
        }
        Set<String> held = begun.stream().map(Open::groupKey).collect(Collectors.toSet());
        Map<String, List<Waiting>> groups = new LinkedHashMap<>();
        for (Waiting entry : waiting) {
            if (entry.channel().equals(channel)) {
                groups.computeIfAbsent(bulk ? ALL : entry.groupKey(), key -> new ArrayList<>())
                        .add(entry);
            }
        }
        return groups.entrySet().stream()
                .filter(group -> !held.contains(group.getKey()))
                .filter(group -> !due(channel, group.getKey(), group.getValue(), policy, now)
                        .isAfter(now))
                .findFirst()
                .map(group -> new Pick.Fresh(
                        channel,
                        group.getKey(),
                        group.getValue().stream()
                                .limit(MAX_ENTRIES)
                                .map(Waiting::id)
                                .toList()));
    }

    private Instant due(String channel, String groupKey, List<Waiting> entries, ChannelPolicy policy, Instant now) {
        boolean urgent = entries.stream().anyMatch(Waiting::urgent);
        return GroupTiming.due(entries.get(0).madeAt(), lastSent.get(group(channel, groupKey)), urgent, policy, now);
    }
}
