package org.ergograph.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ResponseBodyTest {
    private final AtomicInteger gone = new AtomicInteger();
    private final AtomicInteger completions = new AtomicInteger();
    private final Client client = new Client();
    private final ResponseBody body = new ResponseBody(context(), Runnable::run, gone::incrementAndGet);

    /** A client that reads as the test says. */
    private static final class Client extends ServletOutputStream {
        private final ByteArrayOutputStream read = new ByteArrayOutputStream();
        private boolean ready = true;
        private boolean broken;

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            // The test calls back.
        }

        @Override
        public void write(int value) throws IOException {
            if (broken) {
                throw new IOException("broken pipe");
            }
            read.write(value);
        }
    }

    private AsyncContext context() {
        ServletResponse response = (ServletResponse) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ServletResponse.class},
                (proxy, method, arguments) -> client);
        return (AsyncContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AsyncContext.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("complete")) {
                        completions.incrementAndGet();
                    }
                    return method.getName().equals("getResponse") ? response : null;
                });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String read() {
        return client.read.toString(StandardCharsets.UTF_8);
    }

    @Test
    void nothingIsWrittenBeforeTheContainerSaysSo() {
        body.open();
        body.send(bytes("a"));
        assertThat(read()).isEmpty();
        body.onWritePossible();
        assertThat(read()).isEqualTo("a");
    }

    @Test
    void whatWaitsIsWrittenInOrderOnceTheClientReads() {
        body.open();
        body.onWritePossible();
        client.ready = false;
        body.send(bytes("a"));
        body.send(bytes("b"));
        assertThat(read()).isEmpty();
        client.ready = true;
        body.onWritePossible();
        body.send(bytes("c"));
        body.end(bytes("d"));
        assertThat(read()).isEqualTo("abcd");
        assertThat(body.bytes()).isEqualTo(4);
        assertThat(completions).hasValue(1);
        assertThat(gone).hasValue(0);
    }

    @Test
    void endWaitsForTheClientToRead() {
        body.open();
        body.onWritePossible();
        client.ready = false;
        body.end(bytes("last"));
        assertThat(completions).hasValue(0);
        client.ready = true;
        body.onWritePossible();
        assertThat(read()).isEqualTo("last");
        assertThat(completions).hasValue(1);
    }

    @Test
    void clientThatDoesNotReadIsDropped() {
        body.open();
        body.onWritePossible();
        client.ready = false;
        byte[] piece = new byte[ResponseBody.MAX_PENDING_BYTES / 2];
        body.send(piece);
        body.send(piece);
        body.send(piece);
        assertThat(gone).hasValue(0);
        body.send(piece);
        assertThat(gone).hasValue(1);
        assertThat(completions).hasValue(1);
    }

    @Test
    void oneLargePieceIsNotTooMuch() {
        body.open();
        body.onWritePossible();
        client.ready = false;
        body.end(new byte[ResponseBody.MAX_PENDING_BYTES * 3]);
        client.ready = true;
        body.onWritePossible();
        assertThat(client.read.size()).isEqualTo(ResponseBody.MAX_PENDING_BYTES * 3);
        assertThat(gone).hasValue(0);
    }

    @Test
    void clientThatVanishesIsToldOfOnce() {
        body.open();
        body.onWritePossible();
        client.broken = true;
        body.send(bytes("a"));
        body.onError(new IOException("reset"));
        body.send(bytes("b"));
        assertThat(gone).hasValue(1);
        assertThat(completions).hasValue(1);
    }
}
