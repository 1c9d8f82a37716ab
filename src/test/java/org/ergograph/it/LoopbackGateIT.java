package org.ergograph.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackGateIT extends DeployedWar {
    private String answer(InetAddress address, String requestLine, String host) throws IOException {
        try (Socket socket = new Socket(address, server.base().getPort())) {
            socket.setSoTimeout(30_000);
            String request = requestLine + "\r\nHost: " + host
                    + "\r\nX-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Host: localhost\r\nForwarded: for=127.0.0.1;host=localhost"
                    + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/index.html", "/api/v1/servers", "/api/v1/nothing-here", "/nothing-here"})
    void nameThatIsNotThisMachinesIsRefusedOnEveryPath(String path) throws Exception {
        String answer = answer(InetAddress.getLoopbackAddress(), "GET " + path + " HTTP/1.1", "rebind.example");
        assertThat(answer).startsWith("HTTP/1.1 403").contains("application/problem+json");
        assertThat(answer).contains("the header Host names another machine").containsIgnoringCase("X-Process-Time:");
    }

    @Test
    void absoluteTargetOfAnotherMachineIsRefused() throws Exception {
        String answer = answer(
                InetAddress.getLoopbackAddress(), "GET http://rebind.example/api/v1/servers HTTP/1.1", "localhost");
        assertThat(answer).startsWith("HTTP/1.1 4");
    }

    @Test
    void everyNameOfThisMachineIsAnswered() throws Exception {
        for (String host : new String[] {"localhost", "LOCALHOST:1234", "127.0.0.1", "[::1]:80"}) {
            assertThat(answer(InetAddress.getLoopbackAddress(), "GET /api/v1/nothing-here HTTP/1.1", host))
                    .as(host)
                    .startsWith("HTTP/1.1 404");
        }
    }

    @Test
    void otherInterfaceIsClosedOrRefused() throws Exception {
        Optional<InetAddress> outside = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .findFirst();
        if (outside.isEmpty()) {
            // A machine without a network has no other interface to come from.
            assertThat(answer(InetAddress.getLoopbackAddress(), "GET / HTTP/1.1", "other.example"))
                    .startsWith("HTTP/1.1 403");
            return;
        }
        try {
            assertThat(answer(outside.get(), "GET /api/v1/servers HTTP/1.1", "localhost"))
                    .startsWith("HTTP/1.1 403")
                    .contains("does not come from this machine");
        } catch (ConnectException e) {
            assertThat(server.name())
                    .as("only Open Liberty listens on loopback alone")
                    .isEqualTo("liberty");
        }
    }
}
