package org.ergograph.notify.prometheus;

/** Something has no like on the other side. The message says what and why, for people. */
final class UntranslatableException extends RuntimeException {
    UntranslatableException(String message) {
        super(message, null, false, false);
    }
}
