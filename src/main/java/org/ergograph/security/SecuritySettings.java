package org.ergograph.security;

/**
 * Who is answered. Immutable.
 *
 * @param openToAny whether everybody is, and not only this machine
 */
public record SecuritySettings(boolean openToAny) {}
