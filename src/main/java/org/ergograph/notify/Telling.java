package org.ergograph.notify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.ergograph.alert.Alert;
import org.ergograph.alert.AlertState.Resolved;
import org.ergograph.alert.routing.ChannelPolicy;
import org.ergograph.alert.routing.Decision;
import org.ergograph.alert.routing.Decision.Hold;
import org.ergograph.alert.routing.Decision.Tell;
import org.ergograph.alert.routing.Decisions;
import org.ergograph.alert.routing.Inhibition;
import org.ergograph.alert.routing.Inhibitions;
import org.ergograph.alert.routing.LastTold;
import org.ergograph.alert.routing.Occasion;
import org.ergograph.alert.routing.Silence;
import org.ergograph.alert.routing.Told;
import org.ergograph.notify.AlertEvent.Kind;
import org.ergograph.notify.delivery.Channels;
import org.ergograph.notify.delivery.Entry;

/** Decides at each moment who is told of which alerts, and remembers why others were not. Not thread-safe. */
final class Telling {
    private record Place(String alertId, String channel) {}

    private final Channels channels;
    private final Messages messages;
    /** Why a channel was not told last, so that it is noted once. */
    private final Map<Place, String> held = new HashMap<>();

    Telling(Channels channels, Messages messages) {
        this.channels = channels;
        this.messages = messages;
    }

    /**
     * Decides about every alert that fires, and every one that is over and not told yet.
     *
     * @param settled whether every rule was evaluated since this node began to evaluate
     * @param trouble gets each alert of which somebody could not be told
     */
    void decide(
            Round round,
            Collection<Silence> silences,
            Collection<Inhibition> inhibitions,
            boolean settled,
            BiConsumer<Alert, RuntimeException> trouble) {
        List<Alert> all = alerts(round.book());
        Map<String, Set<String>> inhibited = Inhibitions.inhibitedBy(all, inhibitions);
        List<Silence> due =
                silences.stream().filter(silence -> silence.isDue(round.now())).toList();
        for (Alert alert : all) {
            Set<String> silencedBy = new TreeSet<>();
            for (Silence silence : due) {
                if (silence.holds(alert.labels(), round.now())) {
                    silencedBy.add(silence.id());
                }
            }
            round.hidden(alert, silencedBy, inhibited.getOrDefault(alert.id(), Set.of()));
        }
        for (Alert alert : alerts(round.book())) {
            if (alert.state().fires() || alert.state() instanceof Resolved) {
                try {
                    decide(round, alert, settled);
                } catch (RuntimeException e) {
                    // The next round tries again, and the others are told now.
                    trouble.accept(alert, e);
                }
            }
        }
        Set<String> known = new LinkedHashSet<>();
        alerts(round.book()).forEach(alert -> known.add(alert.id()));
        held.keySet().removeIf(place -> !known.contains(place.alertId()));
    }

    private static List<Alert> alerts(Book book) {
        List<Alert> all = new ArrayList<>();
        book.tracked().stream().filter(Tracked::isBegun).map(Tracked::alert).forEach(all::add);
        all.addAll(book.over());
        return all;
    }

    private void decide(Round round, Alert alert, boolean settled) {
        Map<ChannelPolicy, Told> asked = new LinkedHashMap<>();
        for (ChannelPolicy policy : policies(alert, round.book().told(alert))) {
            // What the others are told at this moment does not count.
            asked.put(policy, round.book().told(alert, policy.name()));
        }
        boolean later = false;
        boolean escalated = alert.escalatedAt() != null;
        for (Map.Entry<ChannelPolicy, Told> each : asked.entrySet()) {
            Decision decision = Decisions.decide(alert, each.getKey(), each.getValue(), settled, round.now());
            if (decision instanceof Tell tell) {
                tell(round, alert, each.getKey(), each.getValue(), tell);
                if (tell.occasion() == Occasion.ESCALATED && !escalated) {
                    escalated = true;
                    round.escalated(alert, tell.reason());
                }
            } else if (decision instanceof Hold hold) {
                later |= hold.later();
                hold(round, alert, each.getKey(), each.getValue(), hold);
            }
        }
        if (alert.state() instanceof Resolved && !later) {
            round.book().settle(alert.id());
        }
    }

    /**
     * The channels of the alert's rule; what is not there or cannot be used is replaced by the log. That it is over is told to
     * whoever believes that it fires, whether the rule still names it or not.
     */
    private List<ChannelPolicy> policies(Alert alert, Map<String, LastTold> told) {
        Set<String> names = new LinkedHashSet<>();
        for (String name : alert.rule().channels()) {
            names.add(channels.ready(name) ? name : Channels.LOG);
        }
        if (alert.state() instanceof Resolved) {
            told.forEach((name, last) -> {
                if (last.firing() && !last.resolved() && channels.ready(name)) {
                    names.add(name);
                }
            });
        }
        return names.stream().flatMap(name -> channels.policy(name).stream()).toList();
    }

    private void tell(Round round, Alert alert, ChannelPolicy policy, Told told, Tell tell) {
        LastTold last = told.here() == null
                ? LastTold.of(tell.occasion(), round.now())
                : told.here().then(tell.occasion(), round.now());
        // First, since it may fail: then nothing was told.
        Entry entry = new Entry(
                round.story().newId(),
                alert.id(),
                policy.name(),
                tell.occasion(),
                policy.groupKey(alert),
                round.now(),
                tell.reason(),
                messages.of(alert, tell.occasion(), round.now()));
        round.book().tell(alert, policy.name(), last);
        round.story()
                .tell(alert, Kind.TOLD, policy.name(), null, tell.occasion().word() + ": " + tell.reason());
        round.story().add(entry);
        held.remove(new Place(alert.id(), policy.name()));
    }

    private void hold(Round round, Alert alert, ChannelPolicy policy, Told told, Hold hold) {
        boolean isOver = alert.state() instanceof Resolved;
        boolean isFree =
                alert.silencedBy().isEmpty() && alert.inhibitedBy().isEmpty() && alert.acknowledgement() == null;
        boolean isJustOver = isOver && alert.state().since().equals(round.now());
        boolean isRoutine =
                isOver ? !hold.later() && !(isJustOver && told.here() == null) : told.here() != null && isFree;
        if (!isRoutine && !hold.reason().equals(held.put(new Place(alert.id(), policy.name()), hold.reason()))) {
            round.story().tell(alert, Kind.HELD, policy.name(), null, hold.reason());
        }
    }

    /** Tells every channel that knows of it that this alert, of which another node tells, too, is over. */
    static void over(
            Story story, Alert alert, Map<String, LastTold> told, Channels channels, Messages messages, Instant now) {
        told.forEach((channel, last) -> {
            if (last.firing() && !last.resolved()) {
                String groupKey = channels.policy(channel)
                        .map(policy -> policy.groupKey(alert))
                        .orElse("");
                story.add(new Entry(
                        story.newId(),
                        alert.id(),
                        channel,
                        Occasion.RESOLVED,
                        groupKey,
                        now,
                        "another node tells of it from now on",
                        messages.of(alert, Occasion.RESOLVED, now)));
            }
        });
    }
}
