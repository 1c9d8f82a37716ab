package org.ergograph.notify;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ergograph.alert.Alert;
import org.ergograph.alert.Rule;
import org.ergograph.alert.routing.LastTold;
import org.ergograph.notify.delivery.Outbox;
import org.ergograph.observation.TimeSource;

/** Reads what the database knows of all alerts. Thread-safe. */
@Singleton
class BookReader {
    private final AlertStore store;
    private final Outbox outbox;
    private final TimeSource time;

    @Inject
    BookReader(AlertStore store, Outbox outbox, TimeSource time) {
        this.store = store;
        this.outbox = outbox;
        this.time = time;
    }

    /**
     * What is open, what is over and may have to be told, and what was told.
     *
     * @param leads whether this node evaluates: then it ends alerts whose rules are no more
     */
    Book read(Known known, boolean leads) {
        Instant now = time.now();
        long nanos = time.nanoTime();
        Book book = new Book();
        List<AlertRow> open = store.open();
        List<AlertRow> over = store.overSince(now.minus(Book.MEMORY));
        Map<String, Map<String, LastTold>> told = outbox.lastTold(
                Stream.concat(open.stream(), over.stream()).map(row -> row.id).toList());
        List<String> orphans = new ArrayList<>();
        for (AlertRow row : open) {
            Rule rule = known.rules().get(row.ruleId);
            if (rule == null) {
                orphans.add(row.id);
                continue;
            }
            Alert alert = AlertJson.alert(row, rule);
            book.put(new Tracked(alert, nanos - sinceEvaluated(row, rule, now).toNanos(), row.hand));
            tell(book, alert, told);
        }
        for (AlertRow row : over) {
            Rule rule = known.rules().get(row.ruleId);
            if (rule != null) {
                Alert alert = AlertJson.alert(row, rule);
                tell(book, alert, told);
                book.putOver(alert);
            }
        }
        if (leads && !orphans.isEmpty()) {
            store.end(orphans, now);
        }
        return book;
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
