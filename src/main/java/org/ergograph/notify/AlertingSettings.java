package org.ergograph.notify;

import java.time.Duration;

/**
 * How alerting works on this node. Immutable.
 *
 * @param enabled whether this node evaluates rules and tells anybody
 * @param minPeriod the shortest evaluation period that a rule may have
 * @param environment what messages call the place where this runs; empty if they do not
 * @param link where people reach this application, the beginning of the links in messages; empty if they carry none
 * @param retention how long alerts that are over are kept, with their events
 */
public record AlertingSettings(
        boolean enabled, Duration minPeriod, String environment, String link, Duration retention) {}
