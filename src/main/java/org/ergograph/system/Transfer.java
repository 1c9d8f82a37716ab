package org.ergograph.system;

/**
 * Bytes moved since some moment in the past, which does not change while the application runs; never goes down. Immutable.
 *
 * @param inBytes received or read
 * @param outBytes sent or written
 */
public record Transfer(long inBytes, long outBytes) {}
