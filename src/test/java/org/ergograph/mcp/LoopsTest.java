package org.ergograph.mcp;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.ergograph.observation.NodeIdentity;
import org.junit.jupiter.api.Test;

class LoopsTest {
    private final NodeIdentity node = new NodeIdentity("node", "1", 0);
    private final Loops loops = new Loops(node);

    /** A request that came by way of these. */
    private static HttpServletRequest via(String... ids) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                LoopsTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> {
                    if (!method.getName().equals("getHeaders") || !arguments[0].equals(NodeIdentity.VIA_HEADER)) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return Collections.enumeration(List.of(ids));
                });
    }

    @Test
    void requestFromThisServerIsRefusedAs508() {
        assertThatThrownBy(() -> loops.check(via("another", node.instanceId())))
                .asInstanceOf(InstanceOfAssertFactories.type(Refusal.class))
                .extracting(Refusal::status)
                .isEqualTo(508);
    }

    @Test
    void requestFromElsewhereMayGoOn() {
        assertThatCode(() -> {
                    loops.check(via());
                    loops.check(via("another", new NodeIdentity("node", "1", 0).instanceId()));
                })
                .doesNotThrowAnyException();
    }
}
