package org.ergograph.it;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;

/** One connection on which a client can do what no library would: stop in the midst, read slowly, go away. */
final class RawConnection implements Closeable {
    private static final int TIMEOUT_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    /** @param receiveBuffer in bytes: how much the system takes in before the client reads; 0 leaves it as it is */
    RawConnection(URI endpoint, int receiveBuffer) throws IOException {
        socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()), TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream(), 1024);
        out = socket.getOutputStream();
    }

    /**
     * Sends the head of a request.
     *
     * @param request its method and headers; its body is the caller's to send
     * @param length of the body; below zero it comes in chunks
     */
    void head(HttpRequest request, long length) throws IOException {
        StringBuilder head =
                new StringBuilder(request.method() + " " + request.uri().getPath() + " HTTP/1.1\r\nHost: "
                        + request.uri().getHost() + ":" + request.uri().getPort() + "\r\n");
        request.headers()
                .map()
                .forEach((name, values) ->
                        head.append(name).append(": ").append(values.get(0)).append("\r\n"));
        head.append(length < 0 ? "Transfer-Encoding: chunked" : "Content-Length: " + length);
        send(head.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Whether the server has said something that has not been read. */
    boolean answered() throws IOException {
        return in.available() > 0;
    }

    /** The status of the answer, whose head is read to its end. */
    int status() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the server closed the connection after: " + head);
            }
            head.append((char) next);
        }
        return Integer.parseInt(head.substring(9, 12));
    }

    /** Reads what is there, at most so many bytes; below zero at the end. */
    int read(byte[] buffer) throws IOException {
        return in.read(buffer);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
