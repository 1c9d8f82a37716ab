package org.ergograph.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A closed-loop load over keep-alive connections, with as little client work as possible: one thread a connection, one
 * prepared request, and answers skipped by their Content-Length or to their last chunk.
 */
final class Load {
    private static final byte[] LAST_CHUNK = "\r\n0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    /** What one window of load gave. */
    record Result(long requests, long errors, double seconds, long[] sortedNanos) {
        double rate() {
            return requests / seconds;
        }

        double quantileMicros(double q) {
            int rank = (int) Math.max(1, Math.ceil(q * sortedNanos.length));
            return sortedNanos[rank - 1] / 1e3;
        }
    }

    /** A prepared request, whole, for a port of this machine. */
    record Target(int port, byte[] request) {
        static Target get(int port, String path) {
            return new Target(
                    port,
                    ("GET " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
        }

        /** @param headers names and values in turn */
        static Target post(int port, String path, String body, String... headers) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n");
            for (int i = 0; i < headers.length; i += 2) {
                head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
            }
            head.append("Content-Length: ").append(bytes.length).append("\r\n\r\n");
            byte[] request =
                    Arrays.copyOf(head.toString().getBytes(StandardCharsets.ISO_8859_1), head.length() + bytes.length);
            System.arraycopy(bytes, 0, request, head.length(), bytes.length);
            return new Target(port, request);
        }
    }

    private Load() {}

    static Result run(Target target, int connections, double seconds) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(connections);
        try {
            long begin = System.nanoTime();
            long end = begin + (long) (seconds * 1e9);
            List<Future<Connection>> futures = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                futures.add(executor.submit(() -> new Connection(target).drive(end)));
            }
            long requests = 0;
            long errors = 0;
            List<long[]> parts = new ArrayList<>();
            for (Future<Connection> future : futures) {
                Connection connection = future.get();
                requests += connection.count;
                errors += connection.errors;
                parts.add(Arrays.copyOf(connection.nanos, connection.count));
            }
            double elapsed = (System.nanoTime() - begin) / 1e9;
            long[] all = parts.stream().flatMapToLong(Arrays::stream).sorted().toArray();
            return new Result(requests, errors, elapsed, all);
        } finally {
            executor.shutdownNow();
        }
    }

    private static final class Connection {
        private final int port;
        private final byte[] request;
        private final byte[] buffer = new byte[16 * 1024];
        private long[] nanos = new long[1 << 16];
        private int count;
        private long errors;

        Connection(Target target) {
            this.port = target.port();
            this.request = target.request();
        }

        Connection drive(long end) throws IOException {
            while (System.nanoTime() < end) {
                try (Socket socket = new Socket()) {
                    socket.setTcpNoDelay(true);
                    socket.setSoTimeout(30_000);
                    socket.connect(new InetSocketAddress("127.0.0.1", port), 5_000);
                    InputStream in = socket.getInputStream();
                    OutputStream out = socket.getOutputStream();
                    boolean open = true;
                    while (open && System.nanoTime() < end) {
                        long start = System.nanoTime();
                        out.write(request);
                        open = answer(in);
                        if (count == nanos.length) {
                            nanos = Arrays.copyOf(nanos, nanos.length * 2);
                        }
                        nanos[count++] = System.nanoTime() - start;
                    }
                }
            }
            return this;
        }

        /** Reads one answer; false if the server closes the connection after it. */
        private boolean answer(InputStream in) throws IOException {
            int length = 0;
            int headerEnd = -1;
            while (headerEnd < 0) {
                int read = in.read(buffer, length, buffer.length - length);
                if (read < 0) {
                    throw new IOException("the server closed the connection within an answer");
                }
                length += read;
                headerEnd = headerEnd(length);
            }
            String head =
                    new String(buffer, 0, headerEnd, StandardCharsets.ISO_8859_1).toLowerCase(java.util.Locale.ROOT);
            if (!head.startsWith("http/1.1 200")) {
                errors++;
            }
            int at = head.indexOf("\r\ncontent-length:");
            if (at >= 0) {
                int lineEnd = head.indexOf('\r', at + 2);
                int body = Integer.parseInt(head.substring(at + 17, lineEnd < 0 ? head.length() : lineEnd)
                        .strip());
                skip(in, body - (length - headerEnd));
            } else if (head.contains("\r\ntransfer-encoding: chunked")) {
                skipChunks(in, length);
            } else {
                throw new IOException("an answer that does not say where it ends: " + head);
            }
            return !head.contains("connection: close");
        }

        private void skip(InputStream in, int bytes) throws IOException {
            int rest = bytes;
            while (rest > 0) {
                int read = in.read(buffer, 0, Math.min(rest, buffer.length));
                if (read < 0) {
                    throw new IOException("the server closed the connection within a body");
                }
                rest -= read;
            }
        }

        /** Nothing follows an answer before the next request: the last chunk is the last that is read. */
        private void skipChunks(InputStream in, int begun) throws IOException {
            int length = begun;
            while (!endsWith(length, LAST_CHUNK)) {
                if (length > buffer.length / 2) {
                    System.arraycopy(buffer, length - LAST_CHUNK.length, buffer, 0, LAST_CHUNK.length);
                    length = LAST_CHUNK.length;
                }
                int read = in.read(buffer, length, buffer.length - length);
                if (read < 0) {
                    throw new IOException("the server closed the connection within a body");
                }
                length += read;
            }
        }

        private boolean endsWith(int length, byte[] end) {
            return length >= end.length && Arrays.equals(buffer, length - end.length, length, end, 0, end.length);
        }

        private int headerEnd(int length) {
            for (int i = 3; i < length; i++) {
                if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n' && buffer[i - 3] == '\r') {
                    return i + 1;
                }
            }
            return -1;
        }
    }
}
