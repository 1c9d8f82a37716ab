package org.ergograph.notify;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.ergograph.alert.Alert;
import org.ergograph.alert.Rule;
import org.ergograph.alert.routing.LastTold;
import org.ergograph.notify.delivery.Outbox;
import org.ergograph.observation.TimeSource;

/** Reads what the database knows of all alerts. Thread-safe. */
@Singleton
class BookReader {
    private static final System.Logger LOG = System.getLogger(BookReader.class.getName());
    /** So many alerts that are over for longer than {@link Book#MEMORY} may wait for their silence to end. */
    private static final int MOST_HELD = 1_000;

    private final AlertStore store;
    private final Outbox outbox;
    private final TimeSource time;
    private final Troubles troubles = new Troubles();

    @Inject
    BookReader(AlertStore store, Outbox outbox, TimeSource time) {
        this.store = store;
        this.outbox = outbox;
        this.time = time;
    }

    /**
     * What is open, what is over and may have to be told, and what was told.
     *
     * @param leads whether this node evaluates: then it ends alerts that cannot be read
     */
    Book read(Known known, boolean leads) {
        Instant now = time.now();
        Book book = new Book();
        StoredRules rules = new StoredRules(known);
        List<AlertRow> open = store.open();
        List<AlertRow> over = new ArrayList<>(store.overSince(now.minus(Book.MEMORY)));
        if (leads) {
            over.addAll(store.heldBefore(now.minus(Book.MEMORY), MOST_HELD));
        }
        Map<String, Map<String, LastTold>> told = outbox.lastTold(
                Stream.concat(open.stream(), over.stream()).map(row -> row.id).toList());
        List<String> lost = new ArrayList<>();
        for (AlertRow row : open) {
            Optional<Alert> alert = alert(row, rules);
            if (alert.isPresent()) {
                book.put(tracked(alert.get(), row, now));
                tell(book, alert.get(), told);
            } else if (known.unreadable().contains(row.ruleId)) {
                book.leave(row.id, row.hand);
            } else {
                lost.add(row.id);
            }
        }
        for (AlertRow row : over) {
            alert(row, rules).ifPresent(alert -> {
                tell(book, alert, told);
                book.putOver(alert);
            });
        }
        if (leads && !lost.isEmpty()) {
            store.end(lost, now);
        }
        return book;
    }

    /** Empty if its rule is gone with everything that was known of it, or another version of the application wrote it. */
    private Optional<Alert> alert(AlertRow row, StoredRules rules) {
        try {
            return rules.of(row).map(rule -> AlertJson.alert(row, rule));
        } catch (RuntimeException e) {
            if (troubles.isNews(row.id, String.valueOf(e.getMessage()), time.nanoTime())) {
                LOG.log(System.Logger.Level.ERROR, "alerting: alert " + row.id + " cannot be read", e);
            }
            return Optional.empty();
        }
    }

    private Tracked tracked(Alert alert, AlertRow row, Instant now) {
        // That somebody resolves it is not known yet as long as it is open: this node has to do it.
        int hand = row.resolvedBy == null ? row.hand : row.hand - 1;
        long since = sinceEvaluated(row, alert.rule(), now).toNanos();
        return new Tracked(alert, time.nanoTime() - since, hand);
    }

    private static void tell(Book book, Alert alert, Map<String, Map<String, LastTold>> told) {
        told.getOrDefault(alert.id(), Map.of()).forEach((channel, last) -> book.tell(alert, channel, last));
    }

    /** By the wall clock, which may have been moved: within the pause between two evaluations. */
    private static Duration sinceEvaluated(AlertRow row, Rule rule, Instant now) {
        Duration since = Duration.between(row.updatedAt.toInstant(), now);
        Duration period = rule.timing().evaluationPeriod();
        return since.isNegative() ? Duration.ZERO : since.compareTo(period) > 0 ? period : since;
    }
}
