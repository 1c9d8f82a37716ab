package org.ergograph.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ergograph.alert.Alert;
import org.ergograph.alert.routing.LastTold;
import org.ergograph.alert.routing.Told;
import org.jspecify.annotations.Nullable;

/** What a node knows of all alerts: those that are open, those that are over but not told yet, and what was told. Not thread-safe. */
final class Book {
    /** For so long it is known what was told of alerts that are over: longer than any cooldown. */
    static final Duration MEMORY = Duration.ofHours(24);

    private final Map<AlertKey, Tracked> tracked;
    private final Map<String, Alert> over;
    private final Map<AlertKey, Map<String, Map<String, LastTold>>> told;
    private final Map<String, Integer> left;
    private final Set<String> others;

    Book() {
        this(new LinkedHashMap<>(), new LinkedHashMap<>(), new HashMap<>(), new HashMap<>(), new HashSet<>());
    }

    private Book(
            Map<AlertKey, Tracked> tracked,
            Map<String, Alert> over,
            Map<AlertKey, Map<String, Map<String, LastTold>>> told,
            Map<String, Integer> left,
            Set<String> others) {
        this.tracked = tracked;
        this.over = over;
        this.told = told;
        this.left = left;
        this.others = others;
    }

    /** Another one that knows the same. */
    Book copy() {
        Map<AlertKey, Map<String, Map<String, LastTold>>> toldCopy = new HashMap<>();
        told.forEach((key, byAlert) -> {
            Map<String, Map<String, LastTold>> copy = new LinkedHashMap<>();
            byAlert.forEach((id, byChannel) -> copy.put(id, new HashMap<>(byChannel)));
            toldCopy.put(key, copy);
        });
        return new Book(
                new LinkedHashMap<>(tracked),
                new LinkedHashMap<>(over),
                toldCopy,
                new HashMap<>(left),
                new HashSet<>(others));
    }

    Optional<Tracked> tracked(AlertKey key) {
        return Optional.ofNullable(tracked.get(key));
    }

    Collection<Tracked> tracked() {
        return tracked.values();
    }

    /** Those that are over, and of which somebody may still have to be told. */
    Collection<Alert> over() {
        return over.values();
    }

    /** The ids of the alerts that are open, and how much of what people said is known of each. */
    Map<String, Integer> hands() {
        Map<String, Integer> hands = new HashMap<>(left);
        tracked.values().stream()
                .filter(Tracked::isBegun)
                .forEach(each -> hands.put(each.alert().id(), each.hand()));
        return hands;
    }

    /** Notes an open alert of which this version of the application understands nothing: another one has to go on with it. */
    void leave(String alertId, int hand) {
        left.put(alertId, hand);
    }

    /** Notes how much people said of an alert that is left. */
    void heard(String alertId, int hand) {
        left.replace(alertId, hand);
    }

    /** Notes that this node may not end this alert: whether it is over is known where it began, and not here. */
    void leaveToOthers(String alertId) {
        others.add(alertId);
    }

    boolean isLeftToOthers(Tracked known) {
        return others.contains(known.alert().id());
    }

    void put(Tracked next) {
        tracked.put(AlertKey.of(next.alert()), next);
    }

    void remove(AlertKey key) {
        tracked.remove(key);
    }

    void putOver(Alert alert) {
        over.put(alert.id(), alert);
    }

    void settle(String alertId) {
        over.remove(alertId);
    }

    /** Notes that a channel is told of an alert. */
    void tell(Alert alert, String channel, LastTold last) {
        told.computeIfAbsent(AlertKey.of(alert), key -> new LinkedHashMap<>())
                .computeIfAbsent(alert.id(), id -> new HashMap<>())
                .put(channel, last);
    }

    /** What a channel was told of this alert, and of others of the same rule and subject. */
    Told told(Alert alert, String channel) {
        Map<String, Map<String, LastTold>> byAlert = told.getOrDefault(AlertKey.of(alert), Map.of());
        LastTold here = byAlert.getOrDefault(alert.id(), Map.of()).get(channel);
        Instant before = null;
        Instant anywhere = null;
        for (Map.Entry<String, Map<String, LastTold>> each : byAlert.entrySet()) {
            for (Map.Entry<String, LastTold> one : each.getValue().entrySet()) {
                Instant at = one.getValue().at();
                anywhere = later(anywhere, at);
                if (!each.getKey().equals(alert.id()) && one.getKey().equals(channel)) {
                    before = later(before, at);
                }
            }
        }
        return new Told(here, before, anywhere);
    }

    /** What each channel was told of this alert. */
    Map<String, LastTold> told(Alert alert) {
        return told.getOrDefault(AlertKey.of(alert), Map.of()).getOrDefault(alert.id(), Map.of());
    }

    private static Instant later(@Nullable Instant one, Instant other) {
        return one == null || other.isAfter(one) ? other : one;
    }

    /** Forgets what was told long ago of alerts that are over. */
    void forget(Instant now) {
        Set<String> known = new HashSet<>(over.keySet());
        known.addAll(hands().keySet());
        List<AlertKey> empty = new ArrayList<>();
        told.forEach((key, byAlert) -> {
            byAlert.entrySet()
                    .removeIf(each -> !known.contains(each.getKey())
                            && each.getValue().values().stream()
                                    .allMatch(last -> last.at().plus(MEMORY).isBefore(now)));
            if (byAlert.isEmpty()) {
                empty.add(key);
            }
        });
        empty.forEach(told::remove);
    }
}
