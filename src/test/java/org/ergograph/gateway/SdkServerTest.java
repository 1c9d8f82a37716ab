package org.ergograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.ergograph.it.SdkUpstream;
import org.junit.jupiter.api.Test;

class SdkServerTest {
    @Test
    void serverOfTheOfficialSdkIsServed() throws Exception {
        try (SdkUpstream server = SdkUpstream.start(0);
                Conversations conversations = new Conversations()) {
            Upstream upstream = conversations.open(server.url());
            assertThat(upstream.protocolVersion()).isEqualTo("2025-11-25");
            Tour.of(upstream);
        }
    }

    @Test
    void twoHundredCallsOfASecondAreUnderWayAtOnce() throws Exception {
        try (SdkUpstream server = SdkUpstream.start(0);
                Conversations conversations = new Conversations()) {
            Upstream upstream = conversations.open(server.url());
            Duration took = Tour.slowCalls(upstream, 200);
            assertThat(server.mostWaiting()).isEqualTo(200);
            assertThat(took).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void serverThatWasStartedAnewIsServedInANewSession() throws Exception {
        try (Conversations conversations = new Conversations()) {
            SdkUpstream first = SdkUpstream.start(0);
            Upstream upstream = conversations.open(first.url());
            Tour.of(upstream);
            int port = first.port();
            first.close();
            assertThat(Conversations.failure(
                                    upstream.request(Conversations.call("echo")).result())
                            .reason())
                    .isEqualTo(UpstreamException.Reason.TRANSPORT);
            try (SdkUpstream second = SdkUpstream.start(port)) {
                assertThat(second.port()).isEqualTo(port);
                Tour.of(upstream);
            }
        }
    }
}
