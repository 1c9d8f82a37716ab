package org.ergograph.it;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A stretch of network between a server and its PostgreSQL, on which connections break and answers get lost. Thread-safe. */
final class TcpProxy implements AutoCloseable {
    /** What becomes of the bytes. */
    enum Mode {
        /** They arrive. */
        PASSING,
        /** What the database says is lost, and its clients are not told. */
        SILENT,
        /** The connection breaks when every second commit has been made and before the client is told. */
        LOSING_COMMITS
    }

    /** The message by which PostgreSQL tells that a transaction is committed. */
    private static final byte[] COMMITTED = {'C', 0, 0, 0, 11, 'C', 'O', 'M', 'M', 'I', 'T', 0};

    private final int target;
    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Closeable> links = ConcurrentHashMap.newKeySet();
    private final AtomicInteger commits = new AtomicInteger();
    private volatile Mode mode = Mode.PASSING;

    /** @param target the port of this machine that connections are passed on to */
    TcpProxy(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    void mode(Mode mode) {
        this.mode = mode;
    }

    /** How many commits were made whose answer was lost. */
    int lostCommits() {
        return commits.get() / 2;
    }

    /** Resets all connections that there are. */
    void cut() throws IOException {
        for (Closeable link : links) {
            link.close();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                link(listener.accept());
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    System.err.println("the proxy refused a connection: " + e);
                }
            }
        }
    }

    private void link(Socket client) throws IOException {
        Socket server;
        try {
            server = new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException e) {
            reset(client);
            return;
        }
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        Closeable link = () -> {
            reset(client);
            reset(server);
        };
        links.add(link);
        threads.execute(() -> pass(client, server, link, false));
        threads.execute(() -> pass(server, client, link, true));
    }

    private void pass(Socket from, Socket to, Closeable link, boolean answers) {
        byte[] bytes = new byte[16_384];
        try (link) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int length = in.read(bytes);
            while (length > 0 && !(answers && isToBreak(bytes, length))) {
                if (!answers || mode != Mode.SILENT) {
                    out.write(bytes, 0, length);
                }
                length = in.read(bytes);
            }
        } catch (IOException e) {
            // One side is gone, and so goes the other.
        } finally {
            links.remove(link);
        }
    }

    private boolean isToBreak(byte[] bytes, int length) {
        return mode == Mode.LOSING_COMMITS && tellsCommit(bytes, length) && commits.incrementAndGet() % 2 == 0;
    }

    private static boolean tellsCommit(byte[] bytes, int length) {
        for (int i = 0; i + COMMITTED.length <= length; i++) {
            if (Arrays.equals(bytes, i, i + COMMITTED.length, COMMITTED, 0, COMMITTED.length)) {
                return true;
            }
        }
        return false;
    }

    private static void reset(Socket socket) throws IOException {
        if (!socket.isClosed()) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
        threads.shutdownNow();
    }
}
