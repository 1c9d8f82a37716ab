package org.ergograph.database.transfer;

/** An import that cannot be done as things are; the message says what the operator has to change, and holds no secret. */
public final class ImportRefused extends RuntimeException {
    public ImportRefused(String message) {
        super(message);
    }
}
