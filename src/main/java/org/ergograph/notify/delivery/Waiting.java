package org.ergograph.notify.delivery;

import java.time.Instant;

/** An entry that belongs to no message yet. Immutable. */
record Waiting(String id, String channel, String groupKey, boolean urgent, Instant madeAt) {}
