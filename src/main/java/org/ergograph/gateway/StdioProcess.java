package org.ergograph.gateway;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntSupplier;

/**
 * A process that speaks in lines: what it is told goes to its input, its output is heard, its errors go to our log, so many
 * lines of them. Two threads read while it runs. Thread-safe.
 */
final class StdioProcess {
    /** Takes what the process says. Called on one thread. */
    interface Listener {
        /** A line, without its end. */
        void line(byte[] bytes);

        /** A line was longer than it may be, and was skipped. */
        void tooLong();

        /** The process has ended or can no longer be heard; called once. */
        void ended();
    }

    private static final System.Logger LOG = System.getLogger(StdioProcess.class.getName());
    private static final List<String> INHERITED = List.of("PATH", "HOME", "LANG", "TMPDIR");
    private static final int MAX_WAITING = 1000;
    private static final int MAX_LOGGED_LINES = 200;
    private static final int MAX_LOGGED_BYTES = 500;

    private final String name;
    private final Process process;
    private final Executor executor;
    private final OutputStream input;
    private final Mailbox writing;

    private StdioProcess(String name, Process process, Executor executor) {
        this.name = name;
        this.process = process;
        this.executor = executor;
        this.input = process.getOutputStream();
        this.writing = new Mailbox(executor, MAX_WAITING);
    }

    /**
     * Starts one; it is not heard yet.
     *
     * @throws UpstreamException if the program cannot be run
     */
    static StdioProcess start(StdioServer server, Executor executor) {
        ProcessBuilder builder = new ProcessBuilder(server.command());
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(INHERITED);
        environment.putAll(server.environment());
        try {
            return new StdioProcess(server.name(), builder.start(), executor);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, () -> "server " + server.name() + " cannot be run", e);
            throw new UpstreamException(UpstreamException.Reason.TRANSPORT, "the server's program cannot be run");
        }
    }

    /**
     * Begins to hear it.
     *
     * @param maxBytes how long a line may be now
     */
    void listen(IntSupplier maxBytes, Listener listener) {
        try {
            executor.execute(() -> hear(maxBytes, listener));
            executor.execute(this::logErrors);
        } catch (RejectedExecutionException e) {
            kill();
            listener.ended();
        }
    }

    /** Says a line, later if it must be; false if the process does not listen. */
    boolean say(byte[] line) {
        return writing.offer(() -> {
            try {
                input.write(line);
                input.write('\n');
                input.flush();
            } catch (IOException e) {
                process.destroy(); // it no longer listens; whoever hears it hears of the end
            }
        });
    }

    private void hear(IntSupplier maxBytes, Listener listener) {
        try (InputStream output = process.getInputStream()) {
            Lines lines = new Lines(maxBytes, listener);
            byte[] some = new byte[65_536];
            for (int count = output.read(some); count >= 0; count = output.read(some)) {
                lines.read(some, count);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> "server " + name + " is heard no more", e);
        } finally {
            kill();
            listener.ended();
        }
    }

    /** Takes what is heard apart. Not thread-safe. */
    private static final class Lines {
        private final IntSupplier maxBytes;
        private final Listener listener;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
        private boolean skipping;

        Lines(IntSupplier maxBytes, Listener listener) {
            this.maxBytes = maxBytes;
            this.listener = listener;
        }

        void read(byte[] bytes, int count) {
            int begin = 0;
            for (int i = 0; i < count; i++) {
                if (bytes[i] == '\n') {
                    add(bytes, begin, i);
                    if (!skipping && line.size() > 0) {
                        listener.line(line.toByteArray());
                    }
                    line.reset();
                    skipping = false;
                    begin = i + 1;
                }
            }
            add(bytes, begin, count);
        }

        private void add(byte[] bytes, int begin, int end) {
            if (skipping) {
                return;
            }
            if (line.size() + (end - begin) > maxBytes.getAsInt()) {
                skipping = true;
                line.reset();
                listener.tooLong();
            } else {
                line.write(bytes, begin, end - begin);
            }
        }
    }

    private void logErrors() {
        try (InputStream errors = new BufferedInputStream(process.getErrorStream())) {
            ByteArrayOutputStream line = new ByteArrayOutputStream(MAX_LOGGED_BYTES);
            int lines = 0;
            for (int b = errors.read(); b >= 0; b = errors.read()) {
                if (b != '\n') {
                    if (line.size() < MAX_LOGGED_BYTES && lines <= MAX_LOGGED_LINES) {
                        line.write(b < ' ' ? ' ' : b);
                    }
                    continue;
                }
                if (++lines <= MAX_LOGGED_LINES) {
                    String text = line.toString(StandardCharsets.UTF_8);
                    LOG.log(System.Logger.Level.INFO, () -> "server " + name + " says: " + text);
                } else if (lines == MAX_LOGGED_LINES + 1) {
                    LOG.log(System.Logger.Level.INFO, () -> "server " + name + " says more than is logged");
                }
                line.reset();
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> "the errors of server " + name + " are heard no more", e);
        }
    }

    /** Asks it to end, and its children with it. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }

    /** Ends it without asking. */
    void killForcibly() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    boolean alive() {
        return process.isAlive();
    }
}
