package org.ergograph.notify.delivery;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Keeps what a class logs, until it is closed, out of the log of the test. */
final class Logged extends Handler implements AutoCloseable {
    private final Logger logger;
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    private Logged(Logger logger) {
        this.logger = logger;
        logger.addHandler(this);
        logger.setUseParentHandlers(false);
    }

    static Logged of(Class<?> type) {
        return new Logged(Logger.getLogger(type.getName()));
    }

    /** Each with its level. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord logged) {
        lines.add(logged.getLevel() + " " + new SimpleFormatter().formatMessage(logged));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
