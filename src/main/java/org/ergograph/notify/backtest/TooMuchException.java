package org.ergograph.notify.backtest;

/** A back-test would need more than one may take. The message says what to ask instead. */
final class TooMuchException extends RuntimeException {
    TooMuchException(String message) {
        super(message, null, false, false);
    }
}
