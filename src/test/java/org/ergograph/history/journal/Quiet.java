package org.ergograph.history.journal;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Keeps what a test loses on purpose, hundreds of times, out of the log. */
final class Quiet implements BeforeAllCallback, AfterAllCallback {
    private final Logger logger = Logger.getLogger(Holdings.class.getName());

    @Override
    public void beforeAll(ExtensionContext context) {
        logger.setLevel(Level.OFF);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        logger.setLevel(null);
    }
}
