package org.ergograph.health;

/**
 * A URL that is asked for regularly. Immutable.
 *
 * @param name of its check
 * @param status that is expected of it
 */
public record WatchedUrl(String name, String url, int status) {}
