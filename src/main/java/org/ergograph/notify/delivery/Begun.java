package org.ergograph.notify.delivery;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ergograph.notify.delivery.channel.AlertMessage;
import org.ergograph.notify.delivery.channel.Message;

/**
 * A message whose attempt is written down, and which may be sent now. Immutable.
 *
 * @param attempt its number, from 1
 * @param entries in the order in which they were made
 */
record Begun(Open message, int attempt, List<Entry> entries) {
    /** What is sent: of each alert the newest. */
    Message content(Instant at, String note) {
        Map<String, AlertMessage> newest = new LinkedHashMap<>();
        entries.forEach(entry -> newest.put(entry.alertId(), entry.content()));
        return new Message(message.id(), message.groupKey(), at, note, List.copyOf(newest.values()));
    }
}
