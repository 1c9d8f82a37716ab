package org.ergograph.outbound;

/**
 * How many exchanges there may be. Immutable.
 *
 * @param concurrent how many may be under way at once, streams included; more are refused at once
 * @param perHost how many of them to the same host and port
 */
public record ExchangeSettings(int concurrent, int perHost) {}
