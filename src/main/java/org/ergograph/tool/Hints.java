package org.ergograph.tool;

/**
 * What a client may rely on when it decides whether to ask its user before a call: the {@code annotations} of MCP.
 *
 * @param readOnly whether it changes nothing
 * @param destructive whether it may undo or remove; only where it is not read-only
 * @param idempotent whether a second call with the same arguments changes nothing more
 * @param openWorld whether it reaches beyond this server
 */
public record Hints(boolean readOnly, boolean destructive, boolean idempotent, boolean openWorld) {
    /** Reads from the record, and nothing else. */
    public static final Hints READ_ONLY = new Hints(true, false, true, false);
}
