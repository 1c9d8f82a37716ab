package org.ergograph.notify.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ergograph.alert.routing.LastTold;
import org.ergograph.alert.routing.Occasion;
import org.jspecify.annotations.Nullable;

/**
 * What a node's journal holds, in memory: the same three things happen to it whether they happen now or are read from the
 * journal. Not thread-safe.
 */
final class Spool {
    private static final class Held {
        Open message;
        String state = Ended.SENDING;

        @Nullable
        Instant settledAt;

        final List<Attempt> attempts = new ArrayList<>();
        final List<String> entries;

        Held(Open message, List<String> entries) {
            this.message = message;
            this.entries = entries;
        }

        boolean settled() {
            return state.equals(Ended.SENT) || state.equals(Ended.DEAD);
        }
    }

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, String> messageOf = new HashMap<>();
    private final Map<String, Held> messages = new LinkedHashMap<>();
    private final int limit;

    /** @param limit how many entries it holds at most */
    Spool(int limit) {
        this.limit = limit;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** How many entries are neither sent nor given up. */
    int waiting() {
        return (int) entries.keySet().stream().filter(id -> !settled(id)).count();
    }

    private boolean settled(String entry) {
        Held held = messages.get(messageOf.getOrDefault(entry, ""));
        return held != null && held.settled();
    }

    /** @return which entries it had to drop for them, the oldest; those that are settled go first and are not among them */
    List<Entry> add(List<Entry> added) {
        added.forEach(entry -> entries.putIfAbsent(entry.id(), entry));
        List<Entry> dropped = new ArrayList<>();
        for (boolean settledOnly : new boolean[] {true, false}) {
            Iterator<Entry> all = entries.values().iterator();
            while (entries.size() > limit && all.hasNext()) {
                Entry entry = all.next();
                boolean settled = settled(entry.id());
                if (settled || (!settledOnly && !messageOf.containsKey(entry.id()))) {
                    all.remove();
                    if (settled) {
                        forget(entry.id());
                    } else {
                        dropped.add(entry);
                    }
                }
            }
        }
        return dropped;
    }

    /** A settled entry is gone, and with the last of them its message. */
    private void forget(String entry) {
        String message = messageOf.remove(entry);
        Held held = messages.get(message);
        if (held != null && held.entries.stream().noneMatch(entries::containsKey)) {
            messages.remove(message);
        }
    }

    void begin(Open message, Attempt attempt, List<String> members) {
        Held held = messages.computeIfAbsent(message.id(), id -> new Held(message, List.copyOf(members)));
        held.message = message;
        held.state = Ended.SENDING;
        held.attempts.add(attempt);
        held.entries.forEach(entry -> messageOf.put(entry, message.id()));
    }

    void end(String message, int number, Ended ended) {
        Held held = messages.get(message);
        if (held == null) {
            return;
        }
        held.state = ended.state();
        held.settledAt = held.settled() ? ended.at() : null;
        Open open = held.message;
        held.message = new Open(
                open.id(), open.channel(), open.groupKey(), open.attempts(), false, open.sinceAt(), ended.nextAt());
        held.attempts.replaceAll(attempt -> attempt.number() != number
                ? attempt
                : new Attempt(
                        message,
                        number,
                        attempt.node(),
                        attempt.beganAt(),
                        ended.at(),
                        ended.result(),
                        ended.detail()));
    }

    /** After a crash: what was being sent may be sent again at once. */
    void abandoned(Instant now) {
        for (Held held : messages.values()) {
            if (held.state.equals(Ended.SENDING)) {
                end(
                        held.message.id(),
                        held.message.attempts(),
                        new Ended(Attempt.UNKNOWN, Ended.WAITING, "nobody can tell whether it arrived", now, now));
            }
        }
    }

    Optional<Open> message(String id) {
        return Optional.ofNullable(messages.get(id))
                .filter(held -> !held.settled())
                .map(held -> held.message);
    }

    List<String> members(String message) {
        Held held = messages.get(message);
        return held == null ? List.of() : held.entries;
    }

    List<Entry> entries(Collection<String> ids) {
        return ids.stream().map(entries::get).filter(java.util.Objects::nonNull).toList();
    }

    boolean free(String entry) {
        return entries.containsKey(entry) && !messageOf.containsKey(entry);
    }

    Backlog backlog() {
        List<Waiting> waiting = entries.values().stream()
                .filter(entry -> !messageOf.containsKey(entry.id()))
                .map(entry -> new Waiting(
                        entry.id(),
                        entry.channel(),
                        entry.groupKey(),
                        entry.occasion() == Occasion.ESCALATED,
                        entry.madeAt()))
                .toList();
        Map<String, Instant> lastSent = new HashMap<>();
        List<Open> open = new ArrayList<>();
        for (Held held : messages.values()) {
            Instant settled = held.settledAt;
            if (!held.settled()) {
                open.add(held.message);
            } else if (settled != null && held.state.equals(Ended.SENT)) {
                lastSent.put(Backlog.group(held.message.channel(), held.message.groupKey()), settled);
            }
        }
        return new Backlog(waiting, open, lastSent);
    }

    Spilled snapshot() {
        return new Spilled(
                List.copyOf(entries.values()),
                Map.copyOf(messageOf),
                messages.values().stream()
                        .map(held ->
                                new Spilled.Said(held.message, held.state, held.settledAt, List.copyOf(held.attempts)))
                        .toList());
    }

    void remove(Spilled merged) {
        merged.entries().forEach(entry -> {
            entries.remove(entry.id());
            messageOf.remove(entry.id());
        });
        merged.messages().forEach(said -> messages.remove(said.message().id()));
    }

    /** What the channel was sent, and of what waits that an alert is over. */
    List<Entry> told(String channel) {
        return entries.values().stream()
                .filter(entry -> entry.channel().equals(channel))
                .filter(entry -> {
                    Held held = messages.get(messageOf.getOrDefault(entry.id(), ""));
                    String state = held == null ? Ended.WAITING : held.state;
                    return state.equals(Ended.SENT)
                            || (entry.occasion() == Occasion.RESOLVED && !state.equals(Ended.DEAD));
                })
                .toList();
    }

    Map<String, Map<String, LastTold>> lastTold(Set<String> alertIds) {
        Map<String, Map<String, LastTold>> told = new HashMap<>();
        entries.values().stream()
                .filter(entry -> alertIds.contains(entry.alertId()))
                .forEach(entry ->
                        Moments.tell(told, entry.alertId(), entry.channel(), entry.occasion(), entry.madeAt()));
        return told;
    }
}
