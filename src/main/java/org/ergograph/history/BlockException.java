package org.ergograph.history;

/** A block of the journal does not hold what this version can read. */
final class BlockException extends Exception {
    private static final long serialVersionUID = 1;

    BlockException(String fault) {
        super("block of the audit journal: " + fault);
    }
}
