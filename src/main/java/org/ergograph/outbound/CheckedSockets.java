package org.ergograph.outbound;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;

/**
 * Makes plain sockets for libraries that connect by themselves, to mail servers say: they reach only addresses that the policy
 * allows, the very ones that were judged. All of them can be closed at once, whatever waits on them. Thread-safe.
 */
public final class CheckedSockets extends SocketFactory implements AutoCloseable {
    /** Says that an address may not be reached. */
    public static final class RefusedException extends IOException {
        RefusedException(OutboundPolicy.Refused refusal) {
            super("it " + refusal.reason() + ": must be " + refusal.allowed());
        }
    }

    private final OutboundPolicy policy;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public CheckedSockets(OutboundPolicy policy) {
        this.policy = policy;
    }

    @Override
    public Socket createSocket() {
        return new CheckedSocket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return createSocket(address, port);
    }

    private Socket connected(InetSocketAddress place) throws IOException {
        Socket socket = createSocket();
        try {
            socket.connect(place);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Closes all sockets; later ones connect nowhere. */
    @Override
    public void close() throws IOException {
        closed = true;
        for (Socket socket : open) {
            socket.close();
        }
    }

    private final class CheckedSocket extends Socket {
        @Override
        public void connect(SocketAddress place) throws IOException {
            connect(place, 0);
        }

        @Override
        public void connect(SocketAddress place, int timeoutMillis) throws IOException {
            if (!(place instanceof InetSocketAddress address) || address.getAddress() == null) {
                throw new UnknownHostException("its name is not known");
            }
            Optional<OutboundPolicy.Refused> refusal = policy.refusal(address.getAddress());
            if (refusal.isPresent()) {
                throw new RefusedException(refusal.get());
            }
            open.add(this);
            if (closed) {
                close();
            }
            super.connect(place, timeoutMillis);
        }

        @Override
        public synchronized void close() throws IOException {
            open.remove(this);
            super.close();
        }
    }
}
