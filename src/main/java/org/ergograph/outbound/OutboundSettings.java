package org.ergograph.outbound;

import java.time.Duration;

/**
 * How this server reaches others. Immutable.
 *
 * @param policy where it may go
 * @param connectTimeout how long one attempt to connect may take, a TLS handshake included
 * @param concurrent how many requests may be under way at once, from 1; more are refused at once
 */
public record OutboundSettings(OutboundPolicy policy, Duration connectTimeout, int concurrent) {}
